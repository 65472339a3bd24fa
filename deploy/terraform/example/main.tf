# The whole system: terraform -chdir=deploy/terraform/example init, then apply -var suffix=…

terraform {
  required_version = ">= 1.7"
}

variable "suffix" {
  type = string
}

variable "start_mode" {
  type    = string
  default = "on-demand"
}

# a stand-by is built there, too; before this is taken back, destroy it: terraform destroy -target 'module.standby[0]'
variable "replica_region" {
  type    = string
  default = ""
}

# of the other services: all that ../variables.tf describes, off unless given
variable "table_comments" {
  type    = bool
  default = false
}

variable "lake_formation_reader" {
  type    = string
  default = ""
}

variable "data_brew" {
  type    = bool
  default = false
}

variable "quick_sight_principal" {
  type    = string
  default = ""
}

variable "lineage_domain" {
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

# the region and the credentials are the environment's
provider "aws" {
  s3_use_path_style           = var.emulated
  skip_credentials_validation = var.emulated
}

provider "aws" {
  alias                       = "replica"
  region                      = var.replica_region == "" ? null : var.replica_region
  s3_use_path_style           = var.emulated
  skip_credentials_validation = var.emulated
}

module "crossfoot" {
  source         = "../"
  suffix         = var.suffix
  start_mode     = var.start_mode
  replica_region = one(module.standby[*].region) == null ? "" : var.replica_region
  force_destroy  = var.force_destroy

  table_comments        = var.table_comments
  lake_formation_reader = var.lake_formation_reader
  data_brew             = var.data_brew
  quick_sight_principal = var.quick_sight_principal
  lineage_domain        = var.lineage_domain
}

module "standby" {
  count         = var.replica_region == "" ? 0 : 1
  source        = "../"
  providers     = { aws = aws.replica }
  suffix        = var.suffix
  start_mode    = var.start_mode
  standby       = true
  force_destroy = var.force_destroy
}

output "crossfoot" {
  value = module.crossfoot
}
