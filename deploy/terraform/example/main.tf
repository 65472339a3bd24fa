# The whole system: terraform -chdir=deploy/terraform/example init, then apply -var suffix=…

terraform {
  required_version = ">= 1.7"
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

  glue_version       = var.glue_version
  worker_type        = var.worker_type
  number_of_workers  = var.number_of_workers
  execution_class    = var.execution_class
  job_timeout        = var.job_timeout
  max_retries        = var.max_retries
  max_quarantine     = var.max_quarantine
  schedule           = var.schedule
  event_window       = var.event_window
  processed_crawler  = var.processed_crawler
  data_quality       = var.data_quality
  quality_rules      = var.quality_rules
  alarm_email        = var.alarm_email
  notify             = var.notify
  quarantine_alarm   = var.quarantine_alarm
  scan_limit         = var.scan_limit
  log_retention_days = var.log_retention_days

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

  glue_version       = var.glue_version
  worker_type        = var.worker_type
  number_of_workers  = var.number_of_workers
  execution_class    = var.execution_class
  job_timeout        = var.job_timeout
  max_retries        = var.max_retries
  max_quarantine     = var.max_quarantine
  schedule           = var.schedule
  event_window       = var.event_window
  processed_crawler  = var.processed_crawler
  data_quality       = var.data_quality
  quality_rules      = var.quality_rules
  alarm_email        = var.alarm_email
  notify             = var.notify
  quarantine_alarm   = var.quarantine_alarm
  scan_limit         = var.scan_limit
  log_retention_days = var.log_retention_days
}

output "crossfoot" {
  value = module.crossfoot
}
