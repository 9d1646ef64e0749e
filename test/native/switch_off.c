/* switch_off INTERFACE sg|tx: does what ethtool -K INTERFACE sg|tx off does, where there is no ethtool. */
#include <linux/ethtool.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  struct ethtool_value off = {.cmd = strcmp(argv[2], "sg") == 0 ? ETHTOOL_SSG : ETHTOOL_STXCSUM, .data = 0};
  struct ifreq request = {.ifr_data = (char*)&off};
  strncpy(request.ifr_name, argv[1], IFNAMSIZ - 1);
  if (ioctl(socket(AF_INET, SOCK_DGRAM, 0), SIOCETHTOOL, &request) == 0) return 0;
  perror("SIOCETHTOOL");
  return 1;
}
