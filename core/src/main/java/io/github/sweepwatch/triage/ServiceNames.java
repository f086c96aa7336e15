package io.github.sweepwatch.triage;

import io.github.sweepwatch.detect.PortRange;
import io.github.sweepwatch.explain.ScannedService;
import io.github.sweepwatch.explain.ServiceNature;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Names of the services that scans look for, by port: the name in the IANA registry "Service Name
 * and Transport Protocol Port Number", and after a slash what people call it, where that is another
 * word. A port has one name here, that of the service a scan means by it. Thread-safe.
 */
public final class ServiceNames {
  private static final String TABLE =
      """
      7 echo
      9 discard
      13 daytime
      17 qotd
      19 chargen
      20 ftp-data
      21 ftp
      22 ssh
      23 telnet
      25 smtp
      37 time
      43 nicname/whois
      53 domain/DNS
      67 bootps/DHCP
      69 tftp
      79 finger
      80 http
      81 http-alt
      88 kerberos
      102 iso-tsap/S7comm
      110 pop3
      111 sunrpc
      113 ident
      119 nntp
      123 ntp
      135 epmap/MSRPC
      137 netbios-ns
      138 netbios-dgm
      139 netbios-ssn
      143 imap
      161 snmp
      162 snmptrap
      179 bgp
      389 ldap
      443 https
      445 microsoft-ds/SMB
      465 submissions
      500 isakmp/IKE
      502 mbap/Modbus
      512 exec
      513 login
      514 shell/syslog
      515 printer
      520 router/RIP
      548 afpovertcp/AFP
      554 rtsp
      587 submission
      593 http-rpc-epmap
      623 asf-rmcp/IPMI
      631 ipp
      636 ldaps
      873 rsync
      990 ftps
      993 imaps
      995 pop3s
      1080 socks
      1194 openvpn
      1433 ms-sql-s/MSSQL
      1434 ms-sql-m/MSSQL
      1521 ncube-lm/Oracle
      1701 l2tp
      1723 pptp
      1883 mqtt
      1900 ssdp
      2049 nfs
      2181 eforward/ZooKeeper
      2323 3d-nfsd/telnet
      2375 docker
      2376 docker-s
      2379 etcd-client
      3128 ndl-aas/proxy
      3260 iscsi-target
      3268 msft-gc
      3306 mysql
      3389 ms-wbt-server/RDP
      3690 svn
      4500 ipsec-nat-t
      5000 commplex-main/UPnP
      5060 sip
      5061 sips
      5353 mdns
      5432 postgresql
      5555 personal-agent/ADB
      5601 esmagent/Kibana
      5672 amqp
      5683 coap
      5900 rfb/VNC
      5901 rfb/VNC
      5985 wsman/WinRM
      5986 wsmans/WinRM
      6000 x11
      6379 redis
      6443 sun-sr-https/Kubernetes
      7547 cwmp/TR-069
      8000 irdmi/http
      8008 http-alt
      8080 http-alt
      8081 sunproxyadmin/http
      8291 winbox
      8443 pcsync-https/https
      8888 ddi-tcp-1/http
      9000 cslistener/http
      9090 websm/http
      9100 pdl-datastream/printer
      9200 wap-wsp/Elasticsearch
      9389 adws
      9418 git
      10250 kubelet
      11211 memcache
      27017 mongodb
      47808 bacnet
      """;

  private static final String NATURES =
      """
      REMOTE_ACCESS 22 23 512 513 514 2323 3389 5555 5900 5901 5985 5986 6000
      FILE_SHARING 20 21 69 137 138 139 445 515 548 631 873 990 2049 3260 3690 9100 9418
      DIRECTORY 88 389 636 3268 9389
      REMOTE_PROCEDURE 111 135 593
      DATABASE 1433 1434 1521 2181 3306 5432 6379 9200 5601 11211 27017
      WEB 80 81 443 1080 3128 5000 8000 8008 8080 8081 8443 8888 9000 9090
      MAIL 25 110 143 465 587 993 995
      INDUSTRIAL 102 502 47808
      CONTAINER 2375 2376 2379 6443 10250
      MANAGEMENT 161 162 623 7547 8291
      INFRASTRUCTURE 53 67 123 179 520 1900 5353
      MESSAGING 1883 5672 5683
      MEDIA 554 5060 5061
      VPN 500 1194 1701 1723 4500
      """;

  private static final Map<Integer, ServiceNature> NATURE_OF = new HashMap<>();

  static {
    for (String line : NATURES.split("\n", -1)) {
      String[] parts = line.split(" ", -1);
      for (int i = 1; i < parts.length; i++) {
        NATURE_OF.put(Integer.valueOf(parts[i]), ServiceNature.valueOf(parts[0]));
      }
    }
  }

  private static final NavigableMap<Integer, String> NAMES =
      TABLE
          .lines()
          .map(line -> line.split(" ", 2))
          .collect(
              Collectors.toMap(
                  parts -> Integer.valueOf(parts[0]),
                  parts -> parts[1],
                  (one, other) -> one,
                  TreeMap::new));

  private ServiceNames() {}

  /**
   * The name of the service on a port.
   *
   * @param port a port of TCP or UDP
   * @return such as {@code ssh} or {@code microsoft-ds/SMB}, or null for a port that is not listed
   */
  public static @Nullable String name(int port) {
    return NAMES.get(port);
  }

  /**
   * What the service on a port is.
   *
   * @param port a port of TCP or UDP
   * @return its nature; {@link ServiceNature#OTHER} for a port that is not listed
   */
  public static ServiceNature nature(int port) {
    return NATURE_OF.getOrDefault(port, ServiceNature.OTHER);
  }

  /** The services of a range of ports that have a name, by port. */
  static List<ScannedService> within(PortRange range) {
    List<ScannedService> services = new ArrayList<>();
    NAMES
        .subMap(range.first(), true, range.last(), true)
        .forEach((port, name) -> services.add(new ScannedService(port, name, nature(port))));
    return services;
  }
}
