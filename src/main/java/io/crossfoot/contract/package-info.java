/**
 * What a table must look like, and what becomes of rows that do not. A {@link io.crossfoot.contract.Contract} is checked
 * against a source: wrong <em>shape</em> (a column missing, a type that cannot hold) stops the run with every problem
 * listed; wrong <em>rows</em> are set apart with their reasons, and nothing is rounded, nulled or dropped on the way.
 */
package io.crossfoot.contract;
