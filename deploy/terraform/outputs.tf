output "raw_bucket_name" {
  value       = aws_s3_bucket.data["raw"].id
  description = "Upload sales to sales/ and customers to customers/"
}

output "processed_bucket_name" {
  value       = aws_s3_bucket.data["processed"].id
  description = "Holds the jar under scripts/ and the output"
}

output "region" {
  value       = data.aws_region.current.name
  description = "Where it is; of a stand-by, the replica_region of the system that it stands by"
  depends_on  = [aws_s3_bucket_versioning.data]
}

output "database_name" {
  value = aws_glue_catalog_database.analytics.name
}

output "glue_role_arn" {
  value = aws_iam_role.glue.arn
}

output "job_name" {
  value = aws_glue_job.enrich.name
}

output "workflow_name" {
  value = aws_glue_workflow.etl.name
}

output "work_group_name" {
  value = aws_athena_workgroup.queries.name
}

output "topic_arn" {
  value       = aws_sns_topic.alarms.arn
  description = "Subscribe to hear of alarms"
}
