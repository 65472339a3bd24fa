# Those of the module, as ../variables.tf describes them: what is not given has its default there.

variable "glue_version" {
  type    = string
  default = null
}

variable "worker_type" {
  type    = string
  default = null
}

variable "number_of_workers" {
  type    = number
  default = null
}

variable "execution_class" {
  type    = string
  default = null
}

variable "job_timeout" {
  type    = number
  default = null
}

variable "max_retries" {
  type    = number
  default = null
}

variable "max_quarantine" {
  type    = string
  default = null
}

variable "start_mode" {
  type    = string
  default = null
}

variable "schedule" {
  type    = string
  default = null
}

variable "event_window" {
  type    = number
  default = null
}

variable "processed_crawler" {
  type    = bool
  default = null
}

variable "data_quality" {
  type    = bool
  default = null
}

variable "quality_rules" {
  type    = string
  default = null
}

variable "alarm_email" {
  type    = string
  default = null
}

variable "notify" {
  type    = string
  default = null
}

variable "quarantine_alarm" {
  type    = number
  default = null
}

variable "scan_limit" {
  type    = number
  default = null
}

variable "log_retention_days" {
  type    = number
  default = null
}

variable "table_comments" {
  type    = bool
  default = null
}

variable "lake_formation_reader" {
  type    = string
  default = null
}

variable "data_brew" {
  type    = bool
  default = null
}

variable "quick_sight_principal" {
  type    = string
  default = null
}

variable "lineage_domain" {
  type    = string
  default = null
}

variable "suffix" {
  type = string
}

# a stand-by is built there, too; before this is taken back, destroy it: terraform destroy -target 'module.standby[0]'
variable "replica_region" {
  type    = string
  default = ""
}

variable "force_destroy" {
  type    = bool
  default = false
}

# with a local AWS (AWS_ENDPOINT_URL set) only: true
variable "emulated" {
  type    = bool
  default = false
}
