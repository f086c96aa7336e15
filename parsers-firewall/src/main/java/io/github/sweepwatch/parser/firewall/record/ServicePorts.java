package io.github.sweepwatch.parser.firewall.record;

import java.util.BitSet;

/** Which of two ports is more likely to be a service's. Thread-safe. */
final class ServicePorts {
  // Linux takes a client's ports from here on; IANA and Windows from 49152.
  private static final int FIRST_CLIENT_PORT = 32_768;
  private static final int FIRST_USER_PORT = 1024;
  private static final int FTP_DATA = 20;

  private static final int[] KNOWN = {
    1080, 1194, 1433, 1434, 1521, 1701, 1723, 1812, 1813, 1883, 1900, 2049, 2082, 2083, 2181, 2222,
    2375, 2376, 2379, 2380, 2483, 2484, 3000, 3128, 3268, 3269, 3306, 3389, 3478, 3690, 4369, 4443,
    4500, 4786, 5000, 5044, 5060, 5061, 5222, 5269, 5353, 5355, 5432, 5555, 5601, 5671, 5672, 5900,
    5901, 5938, 5984, 5985, 5986, 6000, 6379, 6443, 6514, 6667, 7001, 7002, 7077, 7474, 7680, 8000,
    8008, 8009, 8080, 8081, 8086, 8088, 8089, 8090, 8123, 8140, 8200, 8291, 8333, 8443, 8500, 8530,
    8531, 8545, 8728, 8834, 8883, 8888, 9000, 9042, 9090, 9092, 9100, 9160, 9200, 9300, 9418, 9443,
    9999, 10000, 10050, 10051, 10250, 10255, 11211, 11434, 15672, 16379, 27017, 27018, 28017, 32764
  };

  private static final BitSet SERVICES = new BitSet(FIRST_CLIENT_PORT);

  static {
    for (int port : KNOWN) {
      SERVICES.set(port);
    }
  }

  private ServicePorts() {}

  /** Above 0 if the destination's port is the service's, below 0 if the source's, or 0. */
  static int compare(int source, int destination) {
    if (source < 1 || destination < 1) {
      return 0;
    }
    if (source == FTP_DATA || destination == FTP_DATA) {
      // Active FTP: it is the server that opens this connection, from its port 20.
      return source == FTP_DATA && destination >= FIRST_USER_PORT ? 1 : 0;
    }
    return Integer.compare(weight(destination), weight(source));
  }

  private static int weight(int port) {
    if (port < FIRST_USER_PORT) {
      return 3;
    }
    if (port >= FIRST_CLIENT_PORT) {
      return 0;
    }
    return SERVICES.get(port) ? 2 : 1;
  }
}
