# The catalog, its crawlers, and the job.

resource "aws_glue_catalog_database" "analytics" {
  name        = local.database
  description = "Sales, customers, and sales enriched with customers"
}

locals {
  crawlers = merge(
    { raw = {
      name        = "data-discovery-crawler-${var.suffix}"
      description = "Finds the tables of the raw bucket"
      path        = "s3://${local.raw}/"
    } },
    var.processed_crawler ? { processed = {
      name        = "processed-data-crawler-${var.suffix}"
      description = "Finds the table of the enriched sales"
      path        = "s3://${local.processed}/enriched-sales/"
    } } : {},
  )
}

resource "aws_glue_crawler" "data" {
  for_each      = local.crawlers
  name          = each.value.name
  description   = each.value.description
  role          = aws_iam_role.glue.arn
  database_name = aws_glue_catalog_database.analytics.name
  tags          = local.tags
  depends_on    = [aws_iam_role_policy.glue]

  s3_target {
    path = each.value.path
  }
  schema_change_policy {
    update_behavior = "UPDATE_IN_DATABASE"
    delete_behavior = "LOG"
  }
  recrawl_policy {
    recrawl_behavior = "CRAWL_EVERYTHING"
  }
}

resource "aws_cloudwatch_log_group" "job" {
  for_each          = toset(["output", "error"])
  name              = "${local.log_group}/${each.key}"
  retention_in_days = var.log_retention_days
  tags              = local.tags
}

resource "aws_glue_job" "enrich" {
  name                    = local.job
  description             = "Enriches new sales with customers"
  role_arn                = aws_iam_role.glue.arn
  glue_version            = var.glue_version
  worker_type             = var.worker_type
  number_of_workers       = var.number_of_workers
  execution_class         = var.execution_class
  timeout                 = var.job_timeout
  max_retries             = var.max_retries
  job_run_queuing_enabled = var.max_retries == 0
  tags                    = local.tags
  depends_on              = [aws_iam_role_policy.glue, aws_cloudwatch_log_group.job]

  # a bookmark has one reader at a time
  execution_property {
    max_concurrent_runs = 1
  }
  command {
    name = "glueetl"
    # Glue wants a script; what runs is the class in the jar
    script_location = "s3://${local.processed}/scripts/placeholder.scala"
  }
  default_arguments = merge({
    "--job-language"           = "scala"
    "--class"                  = "io.crossfoot.glue.GlueJob"
    "--extra-jars"             = "s3://${local.processed}/scripts/crossfoot-glue-job.jar"
    "--job-bookmark-option"    = "job-bookmark-enable"
    "--enable-auto-scaling"    = "true"
    "--enable-metrics"         = "true"
    "--custom-logGroup-prefix" = local.log_group
    "--DATABASE_NAME"          = local.database
    "--OUTPUT_BUCKET"          = local.processed
    "--MAX_QUARANTINE"         = var.max_quarantine
    }, var.quality_rules == "" ? {} : { "--QUALITY" = var.quality_rules },
    var.data_quality ? { "--QUALITY_RULESET" = local.ruleset } : {},
    var.lineage_domain == "" ? {} : { "--conf" = join(" --conf ", [
      "spark.extraListeners=io.openlineage.spark.agent.OpenLineageSparkListener",
      "spark.openlineage.transport.type=amazon_datazone_api",
      "spark.openlineage.transport.domainId=${var.lineage_domain}",
      "spark.glue.accountId=${local.account}",
  ]) })
}

# of the output. The job asks these rules before it publishes, and has Glue Data Quality ask them after
resource "aws_glue_data_quality_ruleset" "enriched_sales" {
  name        = local.ruleset
  description = "What must hold for the enriched sales"
  tags        = local.tags
  ruleset = var.quality_rules != "" ? var.quality_rules : chomp(<<-DQDL
    # What enriched sales should look like. Glue Data Quality takes this file as it is; to Crossfoot, "# warn" says that a run
    # publishes all the same. What a row must be is the contract's to say: these rules look at the whole.
    Rules = [
        RowCount > 0,                                                            # warn
        IsComplete "customer_id",                                                # warn
        ReferentialIntegrity "customer_id" "customers.customer_id" > 0.95,       # warn
        ColumnValues "quantity" > 0,                                             # warn
        ColumnValues "price" >= 0                                                # warn
    ]
  DQDL
  )
  target_table {
    database_name = aws_glue_catalog_database.analytics.name
    table_name    = "enriched_sales"
  }
}
