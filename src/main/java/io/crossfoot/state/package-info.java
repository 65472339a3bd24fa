/**
 * What counts as processed: which objects of the sales each published run has read, so that the next one reads what is
 * new. It lies in the control folder, readable, and changes in the same step as the output.
 *
 * <pre>
 * state/000000007.whole.jsonl   all that counted as processed when it was written; older files say nothing any more
 * state/000000008.run.jsonl     what one run has read since
 * state/nothing-new.json        that nothing is new while the same objects are there, so that a run need not read the others
 * </pre>
 *
 * Each file is JSON lines: a header, runs, newest first, each followed by the objects that it has read, and a last line
 * that says how many runs there are, so that a file that was cut is known, and has the hash of the lines before it.
 *
 * <pre>
 * {"version":1,"output":"../../enriched-sales"}
 * {"run":"monday","number":8,"key":"9f…","standing":"published","files":["part-00000-monday-c000.zstd.parquet"],"replaces":[]}
 * {"path":"s3a://raw/sales/a.csv","bytes":1024,"modified":1700000000000,"etag":"3d…"}
 * {"runs":1,"sha256":"5c…"}
 * </pre>
 *
 * The key of a run is the hash of its objects. Who changes a line by hand is found out; {@code crossfoot state} changes them.
 *
 * <p>An output holds the rows of some runs, each the rows of some objects; there is no finer bookkeeping, since the rows of
 * several objects share a file. So an object that was rewritten, or a run that is to be done again, makes a later run read
 * again all that the earlier one has read, and take its place.
 */
package io.crossfoot.state;
