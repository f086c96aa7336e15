package io.github.sweepwatch.cli;

import io.github.sweepwatch.event.ConnectionEvent;
import io.github.sweepwatch.event.Protocol;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The search as a database answers it. */
final class SqlOracle implements AutoCloseable {
  private static final String SEARCH =
      """
      SELECT c.src_ip, c.unique_targets, COALESCE(p.ports, ''), c.records
      FROM (
        SELECT src_ip, COUNT(DISTINCT dst_ip) AS unique_targets, COUNT(*) AS records
        FROM connections GROUP BY src_ip
      ) c
      LEFT JOIN (
        SELECT src_ip, LISTAGG(dst_port, ' ') WITHIN GROUP (ORDER BY dst_port) AS ports
        FROM (SELECT DISTINCT src_ip, dst_port FROM connections WHERE dst_port IS NOT NULL)
        GROUP BY src_ip
      ) p ON p.src_ip = c.src_ip
      WHERE c.unique_targets > 20 OR c.records > 100
      ORDER BY c.unique_targets DESC, CAST(c.src_ip AS VARBINARY)
      """;

  private final Connection database;
  private final PreparedStatement insert;

  SqlOracle() throws SQLException {
    database = DriverManager.getConnection("jdbc:h2:mem:");
    try (Statement statement = database.createStatement()) {
      statement.execute(
          "CREATE TABLE connections (src_ip VARCHAR NOT NULL, dst_ip VARCHAR NOT NULL, dst_port"
              + " INT)");
    }
    insert = database.prepareStatement("INSERT INTO connections VALUES (?, ?, ?)");
  }

  void add(ConnectionEvent event) throws SQLException {
    insert.setString(1, event.source().toString());
    insert.setString(2, event.destination().toString());
    int protocol = event.protocol();
    boolean port =
        protocol == Protocol.TCP
            || protocol == Protocol.UDP
            // Logs write 0 where they read no port of SCTP.
            || (protocol == Protocol.SCTP && event.destinationPort() != 0);
    if (port && event.destinationPort() != ConnectionEvent.NOT_GIVEN) {
      insert.setInt(3, event.destinationPort());
    } else {
      insert.setNull(3, java.sql.Types.INTEGER);
    }
    insert.executeUpdate();
  }

  byte[] csv() throws SQLException {
    StringBuilder csv = new StringBuilder("src_ip,unique_targets,ports,count\n");
    try (Statement statement = database.createStatement();
        ResultSet rows = statement.executeQuery(SEARCH)) {
      while (rows.next()) {
        csv.append(rows.getString(1)).append(',').append(rows.getLong(2)).append(',');
        csv.append(rows.getString(3)).append(',').append(rows.getLong(4)).append('\n');
      }
    }
    return csv.toString().getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() throws SQLException {
    database.close();
  }
}
