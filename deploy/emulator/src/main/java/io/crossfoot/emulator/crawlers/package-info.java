/** Glue crawlers that crawl: each runs this project's own {@code crawl}. Definitions are moto's. */
package io.crossfoot.emulator.crawlers;
