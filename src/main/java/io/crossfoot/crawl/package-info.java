/**
 * Finds tables in folders, as a crawler of AWS Glue does, and describes them in a catalog: {@link
 * io.crossfoot.crawl.Crawler} makes a plan, and the plan is applied or only shown.
 */
package io.crossfoot.crawl;
