/** How the sending sockets of an experiment are set, as text: what tells its cases from those of others. */
import type { TcpShape } from '../result/experiment.ts';
import { formatBytes } from '../units.ts';

/** `mss=1000, congestion=reno, nodelay`; empty where everything is as the kernel makes it. */
export function tcpText(tcp: TcpShape | null): string {
  if (tcp === null) return '';
  const { mssBytes, congestion, sendBufferBytes, noDelay, cork, msgMore } = tcp;
  return [
    ...(mssBytes === undefined ? [] : [`mss=${mssBytes}`]),
    ...(congestion === undefined ? [] : [`congestion=${congestion}`]),
    ...(sendBufferBytes === undefined ? [] : [`send-buffer=${formatBytes(sendBufferBytes).replace(' ', '')}`]),
    ...(noDelay === true ? ['nodelay'] : []),
    ...(cork === true ? ['cork'] : []),
    ...(msgMore === true ? ['msg-more'] : []),
  ].join(', ');
}
