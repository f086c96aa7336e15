package io.github.sweepwatch.explain;

/** What a service is, and what usually follows when somebody scans for it. */
public enum ServiceNature {
  /** Command lines and desktops of other hosts: SSH, Telnet, RDP, VNC, WinRM. */
  REMOTE_ACCESS("guessing of passwords and log-on with stolen ones; lateral movement"),
  /** Files and printers: SMB, NFS, AFP, FTP, rsync. */
  FILE_SHARING(
      "search for open shares, exploits of the file service, lateral movement, ransomware"),
  /** Accounts and the network's own register: Kerberos, LDAP, AD web services. */
  DIRECTORY("listing of accounts, password spraying, ticket theft"),
  /** Remote procedure calls: MSRPC, portmapper. */
  REMOTE_PROCEDURE("listing of services, remote execution (WMI, DCOM), lateral movement"),
  /** Databases, caches and search engines. */
  DATABASE("log-on with default passwords, theft or encryption of data"),
  /** Web servers, proxies and web consoles. */
  WEB("search for vulnerable applications and log-on pages, web exploits"),
  /** Electronic mail. */
  MAIL("guessing of mailbox passwords, relaying of spam"),
  /** Control systems: Modbus, S7comm, BACnet. */
  INDUSTRIAL("reading out and manipulation of controllers"),
  /** Containers and clusters: Docker, Kubernetes, etcd. */
  CONTAINER("start of foreign containers through an open interface, theft of secrets"),
  /** Management of devices: SNMP, IPMI, TR-069, Winbox. */
  MANAGEMENT("reading out of devices, change of their configuration, botnet recruitment"),
  /** Names, time, addresses and routes: DNS, NTP, DHCP, BGP. */
  INFRASTRUCTURE("mapping of the network, reflection of floods"),
  /** Messages between things and programs: MQTT, AMQP, CoAP. */
  MESSAGING("listening in on messages, control of devices"),
  /** Telephony and media: SIP, RTSP. */
  MEDIA("toll fraud, access to cameras"),
  /** Tunnels: IPsec, OpenVPN, L2TP, PPTP. */
  VPN("exploits of the gateway, log-on with stolen passwords"),
  /** Whatever else has a name. */
  OTHER("a closer look at the hosts that answered");

  private final String precedes;

  ServiceNature(String precedes) {
    this.precedes = precedes;
  }

  /**
   * What a scan for such a service usually comes before.
   *
   * @return a phrase in English
   */
  public String precedes() {
    return precedes;
  }
}
