/** Writers on a real source: held up, named, found out afterwards. */
package dev.tsferry.lab.quiesce;
