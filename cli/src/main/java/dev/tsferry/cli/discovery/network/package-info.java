/**
 * The source's network: which subnets there are, what a host in each of them could reach, which one
 * it goes to, and which security group gets the rule.
 */
package dev.tsferry.cli.discovery.network;
