package io.github.sweepwatch.parser.sysmon;

import io.github.sweepwatch.spi.RecordFraming;
import io.github.sweepwatch.spi.RecordSlice;
import java.io.IOException;
import java.io.InputStream;

final class EvtxFraming implements RecordFraming {
  static boolean isSigned(byte[] head) {
    return head.length > 8 && head[0] == 'E' && head[1] == 'l' && head[2] == 'f';
  }

  @Override
  public Next next(InputStream content, RecordSlice record) throws IOException {
    return Next.END;
  }

  @Override
  public String problem() {
    return "";
  }
}
