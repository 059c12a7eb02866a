/**
 * The emulated AWS account: an API and, behind it, real hosts. What it is made of is in {@code
 * lab/images/aws} and {@code lab/images/host}.
 */
package dev.tsferry.lab.aws;
