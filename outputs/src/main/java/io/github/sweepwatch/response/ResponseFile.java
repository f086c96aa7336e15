package io.github.sweepwatch.response;

/** Makes the two texts of one target. Keeps nothing. */
interface ResponseFile {
  String file(ResponsePlan plan);

  String rollback(ResponsePlan plan);
}
