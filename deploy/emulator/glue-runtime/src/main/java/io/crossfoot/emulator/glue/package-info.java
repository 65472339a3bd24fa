/**
 * Runs the job jar on a laptop as Glue would: {@link io.crossfoot.emulator.glue.Launch} starts it, {@link
 * io.crossfoot.emulator.glue.CatalogReader} reads tables through a catalog, and {@link
 * io.crossfoot.emulator.glue.BookmarkStore} keeps bookmarks, all as AWS documents it. None of it was compared with AWS.
 */
package io.crossfoot.emulator.glue;
