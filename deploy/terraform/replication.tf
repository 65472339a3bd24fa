# The second region: S3 copies all that is written there, but the results of queries.

locals {
  replicates = var.replica_region != "" ? 1 : 0
  copied = {
    raw       = [{ id = "all", prefix = "" }]
    processed = [{ id = "output", prefix = "enriched-sales" }, { id = "control-folder", prefix = "_crossfoot" }, { id = "jars", prefix = "scripts/" }]
  }
}

resource "aws_s3_bucket_replication_configuration" "data" {
  for_each   = { for key, bucket in aws_s3_bucket.data : key => bucket if local.replicates == 1 }
  bucket     = each.value.id
  role       = aws_iam_role.replication[0].arn
  depends_on = [aws_s3_bucket_versioning.data, aws_iam_role_policy.replication]

  dynamic "rule" {
    for_each = local.copied[each.key]
    content {
      id       = rule.value.id
      priority = rule.key + 1
      status   = "Enabled"
      filter {
        prefix = rule.value.prefix
      }
      delete_marker_replication {
        status = "Enabled"
      }
      destination {
        bucket = "${local.arns[each.key]}-${var.replica_region}"
      }
    }
  }

  lifecycle {
    precondition {
      condition     = var.replica_region != data.aws_region.current.name
      error_message = "The replica_region is the region of the system itself; name another."
    }
    precondition {
      condition     = !var.standby
      error_message = "A stand-by is copied to, and copies nowhere; give it no replica_region."
    }
  }
}

resource "aws_iam_role" "replication" {
  count       = local.replicates
  name        = "replication-${var.suffix}"
  description = "Copies the buckets to the second region"
  tags        = local.tags
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "s3.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = { "aws:SourceAccount" = local.account } }
    }]
  })
}

resource "aws_iam_role_policy" "replication" {
  count = local.replicates
  name  = "replicate"
  role  = aws_iam_role.replication[0].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "Source"
        Effect   = "Allow"
        Action   = ["s3:GetReplicationConfiguration", "s3:ListBucket"]
        Resource = values(local.arns)
      },
      {
        Sid      = "Read"
        Effect   = "Allow"
        Action   = ["s3:GetObjectVersionForReplication", "s3:GetObjectVersionAcl", "s3:GetObjectVersionTagging"]
        Resource = [for arn in values(local.arns) : "${arn}/*"]
      },
      {
        Sid      = "Copy"
        Effect   = "Allow"
        Action   = ["s3:ReplicateObject", "s3:ReplicateDelete", "s3:ReplicateTags"]
        Resource = [for arn in values(local.arns) : "${arn}-${var.replica_region}/*"]
      },
    ]
  })
}
