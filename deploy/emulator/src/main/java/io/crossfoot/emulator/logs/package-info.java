/** What jobs and crawls write, in CloudWatch Logs. */
package io.crossfoot.emulator.logs;
