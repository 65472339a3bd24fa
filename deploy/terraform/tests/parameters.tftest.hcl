# What the parameters change, without an account.

mock_provider "aws" {
  override_data {
    target = data.aws_partition.current
    values = { partition = "aws" }
  }
  override_data {
    target = data.aws_caller_identity.current
    values = { account_id = "123456789012" }
  }
  override_data {
    target = data.aws_region.current
    values = { name = "us-east-1" }
  }
}

variables {
  suffix = "test01"
}

run "defaults" {
  command = plan
  assert {
    condition     = aws_glue_job.enrich.job_run_queuing_enabled && aws_glue_job.enrich.max_retries == 0
    error_message = "a job that is not retried waits in the queue"
  }
  assert {
    condition     = keys(aws_glue_crawler.data) == ["raw"] && length(aws_glue_trigger.enriched) == 0
    error_message = "the output is crawled only if asked for"
  }
  assert {
    condition     = keys(aws_cloudwatch_event_rule.told) == ["crawl_failed", "failed", "quality_failed"]
    error_message = "failures are told of, and no more"
  }
  assert {
    condition     = aws_glue_trigger.start.type == "ON_DEMAND" && length(aws_cloudwatch_event_rule.arrival) == 0
    error_message = "nothing starts by itself"
  }
}

run "null_is_the_default" {
  command = plan
  variables {
    worker_type = null
    notify      = null
  }
  assert {
    condition     = aws_glue_job.enrich.worker_type == "G.1X" && keys(aws_cloudwatch_event_rule.told) == ["crawl_failed", "failed", "quality_failed"]
    error_message = "a configuration may pass on what it was not given"
  }
}

run "retries_are_not_queued" {
  command = plan
  variables {
    max_retries = 1
  }
  assert {
    condition     = !aws_glue_job.enrich.job_run_queuing_enabled
    error_message = "Glue queues no job that is retried"
  }
}

run "arrivals_start_it" {
  command = plan
  variables {
    start_mode        = "event"
    event_window      = 120
    processed_crawler = true
  }
  assert {
    condition     = aws_lambda_event_source_mapping.arrivals[0].maximum_batching_window_in_seconds == 120
    error_message = "the window is the parameter"
  }
  assert {
    condition     = aws_cloudwatch_event_target.arrival[0].target_id == "queue" && aws_glue_trigger.start.type == "ON_DEMAND"
    error_message = "the rule fills the queue, whose function starts the workflow"
  }
  assert {
    condition     = aws_glue_trigger.enriched[0].actions[0].crawler_name == "processed-data-crawler-test01"
    error_message = "the job's end starts the second crawler"
  }
}

run "glue_data_quality_is_asked_nothing" {
  command = plan
  variables {
    data_quality = false
  }
  assert {
    condition     = !contains(keys(aws_glue_job.enrich.default_arguments), "--QUALITY_RULESET")
    error_message = "the job starts no evaluation"
  }
  assert {
    condition     = !contains(keys(aws_cloudwatch_event_target.told), "quality_failed")
    error_message = "nobody is told of one"
  }
}

run "all_is_told_of" {
  command = plan
  variables {
    notify = "all"
  }
  assert {
    condition     = aws_cloudwatch_event_target.told["enriched"].rule == "etl-enriched-test01"
    error_message = "runs that went well are told of, too"
  }
}

run "numbers_and_words_are_checked" {
  command = plan
  variables {
    worker_type       = "G.3X"
    number_of_workers = 1
    execution_class   = "CHEAP"
    job_timeout       = 0
    max_retries       = 11
    event_window      = 301
    scan_limit        = 9999999
  }
  expect_failures = [
    var.worker_type, var.number_of_workers, var.execution_class, var.job_timeout, var.max_retries, var.event_window, var.scan_limit
  ]
}

run "suffix_is_checked" {
  command = plan
  variables {
    suffix = "Not-This"
  }
  expect_failures = [var.suffix]
}

run "a_stand_by_waits" {
  command = plan
  variables {
    standby    = true
    start_mode = "schedule"
  }
  assert {
    condition     = !aws_glue_trigger.start.enabled && !aws_cloudwatch_metric_alarm.nothing_arrived.actions_enabled
    error_message = "nothing starts by itself, and nobody is told that nothing arrives"
  }
  assert {
    condition     = aws_s3_bucket.data["raw"].bucket == "raw-data-test01-us-east-1"
    error_message = "names of buckets end in its region"
  }
}

run "the_second_region_is_another" {
  command = plan
  variables {
    replica_region = "us-east-1"
  }
  expect_failures = [aws_s3_bucket_replication_configuration.data]
}

run "a_stand_by_copies_nowhere" {
  command = plan
  variables {
    standby        = true
    replica_region = "eu-west-1"
  }
  expect_failures = [aws_s3_bucket_replication_configuration.data]
}

run "who_reads_is_checked" {
  command = plan
  variables {
    lake_formation_reader = "analyst"
    quick_sight_principal = "arn:aws:iam::123456789012:role/analyst"
    lineage_domain        = "none"
  }
  expect_failures = [var.lake_formation_reader, var.quick_sight_principal, var.lineage_domain]
}
