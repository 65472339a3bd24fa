/** What a run did, in numbers: for people, for the next run, and for other programs. */
package io.crossfoot.report;
