// Glue wants a script even when --class names a class in a jar. This one is never run.
object Placeholder {
  def main(arguments: Array[String]): Unit = ()
}
