/** A Lambda function that starts the workflow when sales have arrived in S3, once for all that arrived together. */
package io.crossfoot.arrival;
