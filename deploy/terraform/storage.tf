# Where data lies. Both buckets are encrypted, versioned, closed to the public, and refuse what does not come over TLS.

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  # what is of no region: a stand-by's must differ from those of the system that it stands by
  global    = var.standby ? "${var.suffix}-${data.aws_region.current.name}" : var.suffix
  raw       = "raw-data-${local.global}"
  processed = "processed-data-${local.global}"
  database  = "analytics_database_${var.suffix}"
  job       = "etl-transformation-job-${var.suffix}"
  ruleset   = "enriched-sales-quality-${var.suffix}"
  log_group = "/aws-glue/crossfoot-${var.suffix}"
  partition = data.aws_partition.current.partition
  account   = data.aws_caller_identity.current.account_id
  here      = "${data.aws_region.current.name}:${local.account}"
  glue      = "arn:${local.partition}:glue:${local.here}"
  tags      = { Project = "crossfoot-${var.suffix}" }
  buckets   = { raw = local.raw, processed = local.processed }
  arns      = { for key, name in local.buckets : key => "arn:${local.partition}:s3:::${name}" }
}

resource "aws_s3_bucket" "data" {
  for_each      = local.buckets
  bucket        = each.value
  force_destroy = var.force_destroy
  tags          = local.tags
}

resource "aws_s3_bucket_server_side_encryption_configuration" "data" {
  for_each = aws_s3_bucket.data
  bucket   = each.value.id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_versioning" "data" {
  for_each = aws_s3_bucket.data
  bucket   = each.value.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_public_access_block" "data" {
  for_each                = aws_s3_bucket.data
  bucket                  = each.value.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_lifecycle_configuration" "data" {
  for_each   = aws_s3_bucket.data
  bucket     = each.value.id
  depends_on = [aws_s3_bucket_versioning.data]

  rule {
    id     = "old-versions"
    status = "Enabled"
    filter {
      prefix = ""
    }
    noncurrent_version_expiration {
      noncurrent_days = 30
    }
    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }

  dynamic "rule" {
    for_each = each.key == "processed" ? ["athena-results/"] : []
    content {
      id     = "query-results"
      status = "Enabled"
      filter {
        prefix = rule.value
      }
      expiration {
        days = 7
      }
    }
  }
}

resource "aws_s3_bucket_policy" "data" {
  for_each   = aws_s3_bucket.data
  bucket     = each.value.id
  depends_on = [aws_s3_bucket_public_access_block.data, aws_s3_bucket_lifecycle_configuration.data]
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OnlyTls"
      Effect    = "Deny"
      Principal = { AWS = "*" }
      Action    = "s3:*"
      Resource  = [local.arns[each.key], "${local.arns[each.key]}/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}
