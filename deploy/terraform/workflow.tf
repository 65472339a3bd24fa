# Crawl, then the job, which starts the evaluation of its output, then crawl again where that is asked for.

resource "aws_glue_workflow" "etl" {
  name                = "etl-workflow-${var.suffix}"
  description         = "Crawls what came in and enriches it"
  max_concurrent_runs = 1
  tags                = local.tags
}

resource "aws_glue_trigger" "start" {
  name              = "etl-start-${var.suffix}"
  workflow_name     = aws_glue_workflow.etl.name
  type              = var.start_mode == "schedule" ? "SCHEDULED" : "ON_DEMAND"
  schedule          = var.start_mode == "schedule" ? var.schedule : null
  start_on_creation = var.start_mode == "schedule" && !var.standby
  enabled           = var.start_mode == "schedule" && !var.standby # one on demand the provider would start once
  tags              = local.tags

  actions {
    crawler_name = aws_glue_crawler.data["raw"].name
  }
}

resource "aws_glue_trigger" "crawled" {
  name              = "etl-crawled-${var.suffix}"
  workflow_name     = aws_glue_workflow.etl.name
  type              = "CONDITIONAL"
  start_on_creation = true
  tags              = local.tags

  predicate {
    logical = "AND"
    conditions {
      crawler_name = aws_glue_crawler.data["raw"].name
      crawl_state  = "SUCCEEDED"
    }
  }
  actions {
    job_name = aws_glue_job.enrich.name
  }
}

resource "aws_glue_trigger" "enriched" {
  count             = var.processed_crawler ? 1 : 0
  name              = "etl-enriched-${var.suffix}"
  workflow_name     = aws_glue_workflow.etl.name
  type              = "CONDITIONAL"
  start_on_creation = true
  tags              = local.tags

  predicate {
    logical = "AND"
    conditions {
      job_name = aws_glue_job.enrich.name
      state    = "SUCCEEDED"
    }
  }
  actions {
    crawler_name = aws_glue_crawler.data["processed"].name
  }
}
