/**
 * A stand-in for the few classes of AWS's Glue library that the job uses, written from AWS's public documentation and
 * from nothing else. It has their names because the job finds them by name; it is a test tool, and never part of what
 * runs on AWS. What it does not know of the real ones it leaves out.
 */
package com.amazonaws.services.glue;
