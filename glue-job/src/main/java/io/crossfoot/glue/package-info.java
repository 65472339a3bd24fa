/**
 * The job on AWS Glue. {@link io.crossfoot.glue.GlueJob} is what Glue starts; it turns Glue's arguments into settings,
 * Glue's frames into sources, and Glue's bookmark into an acknowledgement, and leaves the rest to the library.
 *
 * <p>AWS's own library is met in one place, {@link io.crossfoot.glue.GlueLibrary}, by names and never by linking: it is
 * not on Maven Central, its licence forbids to ship it, and it changes under one version number.
 */
package io.crossfoot.glue;
