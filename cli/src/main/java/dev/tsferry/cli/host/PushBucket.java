package dev.tsferry.cli.host;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** The stack's bucket, through which files reach the host without any right of the host. */
public interface PushBucket {

  /** Deletes every object, such as those of a push that was interrupted. */
  void empty(String bucket);

  /** Puts a file there. */
  void upload(String bucket, String key, Path file);

  /** A URL with which anybody can read the object, for so long. */
  URI presign(String bucket, String key, Duration validity);

  /** A URL with which anybody can delete the object, for so long. */
  URI presignDelete(String bucket, String key, Duration validity);

  /** Deletes an object; none is fine. */
  void delete(String bucket, String key);
}
