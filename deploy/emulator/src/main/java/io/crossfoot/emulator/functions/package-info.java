/** Lambda functions in Java: run in processes of their own by AWS's runtime client, and fed from queues. */
package io.crossfoot.emulator.functions;
