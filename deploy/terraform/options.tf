# What a parameter adds: a described table, Lake Formation, DataBrew, QuickSight.

locals {
  hides_personal  = var.lake_formation_reader != "" ? 1 : 0
  describes       = var.table_comments || local.hides_personal == 1 ? 1 : 0
  output_location = "${local.arns.processed}/enriched-sales"
  columns = [
    { name = "customer_id", type = "string", shown_as = "STRING", comment = "Who bought; a key of customers" },
    { name = "order_id", type = "bigint", shown_as = "INTEGER", comment = "The order; comes once" },
    { name = "product_name", type = "string", shown_as = "STRING", comment = "What was bought" },
    { name = "quantity", type = "int", shown_as = "INTEGER", comment = "How many" },
    { name = "price", type = "decimal(12,2)", shown_as = "DECIMAL", comment = "Of one" },
    { name = "order_date", type = "date", shown_as = "DATETIME", comment = "When it was bought" },
    { name = "name", type = "string", shown_as = "STRING", comment = "Personal: the customer's name" },
    { name = "email", type = "string", shown_as = "STRING", comment = "Personal: the customer's address" },
    { name = "region", type = "string", shown_as = "STRING", comment = "Where the customer is" },
    { name = "total_amount", type = "decimal(23,2)", shown_as = "DECIMAL", comment = "quantity times price" },
  ]
}

# ---- The output's table, described before the first run; the job keeps what is said of columns

resource "aws_glue_catalog_table" "output" {
  count         = local.describes
  name          = "enriched_sales"
  database_name = aws_glue_catalog_database.analytics.name
  description   = "Sales enriched with customers"
  table_type    = "EXTERNAL_TABLE"
  parameters    = { classification = "parquet" }

  storage_descriptor {
    location      = "s3://${local.processed}/enriched-sales/"
    input_format  = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat"
    output_format = "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat"
    ser_de_info {
      serialization_library = "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe"
      parameters            = { "serialization.format" = "1" }
    }
    dynamic "columns" {
      for_each = local.columns
      content {
        name    = columns.value.name
        type    = columns.value.type
        comment = columns.value.comment
      }
    }
  }

  # from the first run on, the job says what the table is
  lifecycle {
    ignore_changes = [owner, parameters, retention, storage_descriptor, partition_keys]
  }
}

# ---- Lake Formation: a reader sees what is not personal. The provider cannot say that tables are closed to who may read by IAM
# alone; ../README.md says how

resource "aws_lakeformation_resource" "output" {
  count                   = local.hides_personal
  arn                     = local.output_location
  use_service_linked_role = true
}

resource "aws_lakeformation_lf_tag" "personal" {
  count  = local.hides_personal
  key    = "personal_${var.suffix}"
  values = ["yes", "no"]
}

resource "aws_lakeformation_resource_lf_tags" "not_personal" {
  count = local.hides_personal
  table {
    database_name = aws_glue_catalog_database.analytics.name
    name          = aws_glue_catalog_table.output[0].name
  }
  lf_tag {
    key   = aws_lakeformation_lf_tag.personal[0].key
    value = "no"
  }
}

resource "aws_lakeformation_resource_lf_tags" "personal" {
  count      = local.hides_personal
  depends_on = [aws_lakeformation_resource_lf_tags.not_personal]
  table_with_columns {
    database_name = aws_glue_catalog_database.analytics.name
    name          = aws_glue_catalog_table.output[0].name
    column_names  = ["name", "email"]
  }
  lf_tag {
    key   = aws_lakeformation_lf_tag.personal[0].key
    value = "yes"
  }
}

resource "aws_lakeformation_permissions" "reader_of_columns" {
  count       = local.hides_personal
  principal   = var.lake_formation_reader
  permissions = ["DESCRIBE", "SELECT"]
  depends_on  = [aws_lakeformation_resource_lf_tags.personal]
  lf_tag_policy {
    resource_type = "TABLE"
    expression {
      key    = aws_lakeformation_lf_tag.personal[0].key
      values = ["no"]
    }
  }
}

resource "aws_lakeformation_permissions" "of_database" {
  for_each = local.hides_personal == 0 ? {} : {
    reader = { principal = var.lake_formation_reader, permissions = ["DESCRIBE"] }
    # crawlers and the job make and change tables; data they reach by their role
    role = { principal = aws_iam_role.glue.arn, permissions = ["ALTER", "CREATE_TABLE", "DESCRIBE"] }
  }
  principal   = each.value.principal
  permissions = each.value.permissions
  database {
    name = aws_glue_catalog_database.analytics.name
  }
}

resource "aws_lakeformation_permissions" "role_of_tables" {
  count       = local.hides_personal
  principal   = aws_iam_role.glue.arn
  permissions = ["ALTER", "DELETE", "DESCRIBE", "INSERT", "SELECT"]
  table {
    database_name = aws_glue_catalog_database.analytics.name
    wildcard      = true
  }
}

resource "aws_lakeformation_permissions" "role_of_location" {
  count       = local.hides_personal
  principal   = aws_iam_role.glue.arn
  permissions = ["DATA_LOCATION_ACCESS"]
  data_location {
    arn = aws_lakeformation_resource.output[0].arn
  }
}

# ---- DataBrew, which Terraform does not know: that part of the template, as a stack of its own

locals {
  template = file("${path.module}/../cloudformation/crossfoot.yaml")
  databrew = regex("(?s)# ---- DataBrew[^\n]*\n(.*?)\n  # ---- ", local.template)[0]
}

resource "aws_cloudformation_stack" "databrew" {
  count        = var.data_brew ? 1 : 0
  name         = "crossfoot-databrew-${var.suffix}"
  capabilities = ["CAPABILITY_NAMED_IAM"]
  parameters = {
    Suffix          = var.suffix
    ProcessedBucket = aws_s3_bucket.data["processed"].id
    Database        = aws_glue_catalog_database.analytics.name
  }
  tags = local.tags
  template_body = join("\n", [
    "Parameters: {Suffix: {Type: String}, ProcessedBucket: {Type: String}, Database: {Type: String}}",
    "Conditions: {Profiles: !Equals [\"\", \"\"]}",
    "Resources:",
    local.databrew,
  ])
}

# ---- QuickSight: the output as Athena reads it

resource "aws_quicksight_data_source" "athena" {
  count          = var.quick_sight_principal == "" ? 0 : 1
  data_source_id = "crossfoot-${var.suffix}"
  name           = "crossfoot-${var.suffix}"
  type           = "ATHENA"
  tags           = local.tags
  parameters {
    athena {
      work_group = aws_athena_workgroup.queries.name
    }
  }
  permission {
    principal = var.quick_sight_principal
    actions   = ["quicksight:DescribeDataSource", "quicksight:DescribeDataSourcePermissions", "quicksight:PassDataSource"]
  }
}

resource "aws_quicksight_data_set" "enriched_sales" {
  count       = var.quick_sight_principal == "" ? 0 : 1
  data_set_id = "enriched-sales-${var.suffix}"
  name        = "enriched-sales-${var.suffix}"
  import_mode = "DIRECT_QUERY"
  tags        = local.tags
  physical_table_map {
    physical_table_map_id = "enriched-sales"
    relational_table {
      data_source_arn = aws_quicksight_data_source.athena[0].arn
      catalog         = "AwsDataCatalog"
      schema          = aws_glue_catalog_database.analytics.name
      name            = "enriched_sales"
      dynamic "input_columns" {
        for_each = local.columns
        content {
          name = input_columns.value.name
          type = input_columns.value.shown_as
        }
      }
    }
  }
  permissions {
    principal = var.quick_sight_principal
    actions = [
      "quicksight:DescribeDataSet",
      "quicksight:DescribeDataSetPermissions",
      "quicksight:PassDataSet",
      "quicksight:DescribeIngestion",
      "quicksight:ListIngestions",
    ]
  }
}
