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

module "crossfoot" {
  source        = "../"
  suffix        = var.suffix
  start_mode    = var.start_mode
  force_destroy = var.force_destroy
}

output "crossfoot" {
  value = module.crossfoot
}
