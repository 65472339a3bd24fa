/**
 * Where rows come from. A {@link io.crossfoot.source.Source} is opened once: it finds its files, reads what describes
 * their columns, and hands out frames in which every value is still as it came. Nothing is typed here; that is the
 * contract's work.
 */
package io.crossfoot.source;
