# The parameters of ../cloudformation/crossfoot.yaml, in Terraform's spelling. One that is given as null has its default.

variable "suffix" {
  type        = string
  description = "Ends every name; lower case letters and digits"
  validation {
    condition     = can(regex("^[a-z0-9]{3,16}$", var.suffix))
    error_message = "The suffix must be 3 to 16 lower case letters and digits."
  }
}

variable "glue_version" {
  type     = string
  default  = "5.1"
  nullable = false
  validation {
    condition     = contains(["5.0", "5.1", "6.0"], var.glue_version)
    error_message = "The job runs on Glue 5.0, 5.1 and 6.0."
  }
}

variable "worker_type" {
  type     = string
  default  = "G.1X"
  nullable = false
  validation {
    condition     = contains(["G.1X", "G.2X", "G.4X", "G.8X"], var.worker_type)
    error_message = "The worker type is G.1X, G.2X, G.4X or G.8X."
  }
}

variable "number_of_workers" {
  type        = number
  default     = 2
  nullable    = false
  description = "At most; fewer work when there is less to do"
  validation {
    condition     = var.number_of_workers >= 2
    error_message = "The number of workers is 2 or more: one of them is the driver."
  }
}

variable "execution_class" {
  type        = string
  default     = "STANDARD"
  nullable    = false
  description = "FLEX costs less and starts when there is room; G.1X and G.2X only"
  validation {
    condition     = contains(["STANDARD", "FLEX"], var.execution_class)
    error_message = "The execution class is STANDARD or FLEX."
  }
}

variable "job_timeout" {
  type        = number
  default     = 60
  nullable    = false
  description = "Minutes"
  validation {
    condition     = var.job_timeout >= 1
    error_message = "The timeout is a minute or more."
  }
}

variable "max_retries" {
  type        = number
  default     = 0
  nullable    = false
  description = "With 0, runs that find no capacity wait in Glue's queue; Glue queues no job that is retried"
  validation {
    condition     = var.max_retries >= 0 && var.max_retries <= 10
    error_message = "The number of retries is from 0 to 10."
  }
}

variable "max_quarantine" {
  type        = string
  default     = "1%"
  nullable    = false
  description = "More bad rows than this (a count or a percentage) publish nothing"
}

variable "start_mode" {
  type        = string
  default     = "on-demand"
  nullable    = false
  description = "on-demand, schedule, or event: objects that arrive under sales/; for event, apply and upload once before"
  validation {
    condition     = contains(["on-demand", "schedule", "event"], var.start_mode)
    error_message = "The start mode is on-demand, schedule or event."
  }
}

variable "schedule" {
  type        = string
  default     = "cron(0 3 * * ? *)"
  nullable    = false
  description = "For start_mode schedule, in UTC"
}

variable "event_window" {
  type        = number
  default     = 300
  nullable    = false
  description = "For start_mode event, the seconds in which arrivals become one run"
  validation {
    condition     = var.event_window >= 1 && var.event_window <= 300
    error_message = "The window is from 1 to 300 seconds."
  }
}

variable "processed_crawler" {
  type        = bool
  default     = false
  nullable    = false
  description = "Crawl the output as the recipe does; the job registers it by itself"
}

variable "data_quality" {
  type        = bool
  default     = true
  nullable    = false
  description = "Whether Glue Data Quality evaluates the ruleset on the output when a run has published, which AWS bills as a job"
}

variable "quality_rules" {
  type        = string
  default     = ""
  nullable    = false
  description = "Rules in DQDL for the whole output, in place of the library's; the job and Glue Data Quality ask the same"
  validation {
    condition     = var.quality_rules == "" || can(regex("\\bRules\\s*=", var.quality_rules))
    error_message = "These are no rules in DQDL (Rules = [ … ]); file(\"NAME\") is the text of a file."
  }
}

variable "alarm_email" {
  type        = string
  default     = ""
  nullable    = false
  description = "Where alarms go; empty makes no subscription"
}

variable "notify" {
  type        = string
  default     = "failures"
  nullable    = false
  description = "failures, or all: whether the topic hears of runs that went well, too"
  validation {
    condition     = contains(["failures", "all"], var.notify)
    error_message = "Who listens is told of failures or of all."
  }
}

variable "quarantine_alarm" {
  type        = number
  default     = 0
  nullable    = false
  description = "An alarm for more quarantined rows than this in an hour"
}

variable "scan_limit" {
  type        = number
  default     = 1073741824
  nullable    = false
  description = "Bytes that one Athena query may read"
  validation {
    condition     = var.scan_limit >= 10000000
    error_message = "Athena takes no limit below 10000000 bytes."
  }
}

variable "log_retention_days" {
  type     = number
  default  = 30
  nullable = false
}

variable "replica_region" {
  type        = string
  default     = ""
  nullable    = false
  description = "Where a stand-by takes over if this region is lost; S3 copies both buckets there. It must be there before"
}

variable "standby" {
  type        = bool
  default     = false
  nullable    = false
  description = "Whether this is the stand-by of a system in another region: nothing starts by itself"
}

variable "table_comments" {
  type        = bool
  default     = false
  nullable    = false
  description = "Make the output's table before the first run, with comments for it and its columns; the job keeps them"
}

variable "lake_formation_reader" {
  type        = string
  default     = ""
  nullable    = false
  description = "The ARN of a role or user who may read the output, but no personal columns; turns Lake Formation on for it"
  validation {
    condition     = can(regex("^(arn:[a-z-]+:iam::[0-9]{12}:(role|user)/.+)?$", var.lake_formation_reader))
    error_message = "The reader is the ARN of a role or user."
  }
}

variable "data_brew" {
  type        = bool
  default     = false
  nullable    = false
  description = "Profile the output with DataBrew, by a job that is started by hand; a CloudFormation stack, which Terraform makes"
}

variable "quick_sight_principal" {
  type        = string
  default     = ""
  nullable    = false
  description = "The ARN of a user or group of QuickSight who gets a data set of the output"
  validation {
    condition     = can(regex("^(arn:[a-z-]+:quicksight:[a-z0-9-]+:[0-9]{12}:(user|group)/.+)?$", var.quick_sight_principal))
    error_message = "The principal is the ARN of a user or group of QuickSight."
  }
}

variable "lineage_domain" {
  type        = string
  default     = ""
  nullable    = false
  description = "The id of a DataZone domain that Glue tells the lineage of each run"
  validation {
    condition     = can(regex("^(dzd[_-][A-Za-z0-9_-]{1,36})?$", var.lineage_domain))
    error_message = "The lineage domain is the id of a DataZone domain, such as dzd_abc123."
  }
}

variable "force_destroy" {
  type        = bool
  default     = false
  nullable    = false
  description = "Let destroy delete the buckets with all that is in them"
}
