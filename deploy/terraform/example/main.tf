# The whole system: terraform -chdir=deploy/terraform/example init, then apply -var suffix=…

terraform {
  required_version = ">= 1.7"
}

variable "suffix" {
  type = string
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
  force_destroy = var.force_destroy
}

output "crossfoot" {
  value = module.crossfoot
}
