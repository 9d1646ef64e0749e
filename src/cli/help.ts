/** What `--help` prints. */
import * as l10n from '@vscode/l10n';
import { RECEIVERS } from '../model/experiment.ts';
import { SWITCHES } from '../model/laboratory/switches.ts';
import { placeholder, summaryOf } from '../model/laboratory/switchTexts.ts';
import { modeDescriptors } from '../model/modes/catalogue.ts';
import { PATHS } from '../model/paths.ts';
import { presets } from '../model/presets.ts';

export function helpText(): string {
  const list = (items: readonly { id: string; summary: string }[]) =>
    items.map((item) => `    ${item.id.padEnd(12)} ${item.summary}`).join('\n');
  return `${l10n.t('Move real bytes by every means this Linux host has, and see what each costs.')}

  zero-copy-lab run [FILE.zcexp.json] [options]
    --preset NAME           ${presets()
      .map((preset) => preset.id)
      .join(' | ')}
    --path PATH             ${PATHS.join(' | ')}
    --modes a,b|all         ${l10n.t('modes to run; the baseline always runs with them')}
    --size SIZE             ${l10n.t('bytes of the generated source, such as 256MiB')}
    --buffers A,B,...       ${l10n.t('bytes per call, such as 32,64,4KiB; at most 1GiB')}
    --rounds N|auto         ${l10n.t('counted rounds; auto stops when the intervals are within 3 %')}
    --cache warm|cold       ${l10n.t('whether the source is in the page cache before each transfer')}
    --source FILE           ${l10n.t('move this file instead of a generated one; it is only read')}
    --dir DIR               ${l10n.t('folder of the unnamed files of the run')}
    --to TARGET             ${l10n.t('where the bytes of a socket go: loopback, lab, or lab:SWITCH=VALUE,...;')}
                            ${l10n.t('more than one --to lab: they take turns in every round')}
    --to HOST:PORT          ${l10n.t('a receiver on another host, started there with "zero-copy-lab receive"')}
    --to ssh:HOST           ${l10n.t('the same, started there by ssh for the time of the run, and ended with it')}
    --forward               ${l10n.t('with ssh:HOST: the data goes through ssh too; for hosts that no other way leads to')}
    --token-file FILE       ${l10n.t('holds the token that it printed; without it, ZERO_COPY_LAB_TOKEN does')}
    --receiver KIND         ${l10n.t('what the receiver of a socket does with the data:')}
                            ${RECEIVERS.join(' | ')}
    --receiver-buffer SIZE  ${l10n.t('bytes the receiver asks for per call')}
    --receiver-dir DIR      ${l10n.t('folder of the unnamed file of a receiver that saves; with ssh:HOST, a folder there')}
    --streams N,...         ${l10n.t('connections that move the source together, each a range of it; such as 1,8')}
    --duration 10s          ${l10n.t('send the source again and again for so long, instead of once')}
    --mss SIZE              ${l10n.t('payload of a segment, at most')}
    --congestion NAME       ${l10n.t('congestion control, one of those this host allows')}
    --send-buffer SIZE      ${l10n.t('of the sending sockets, of which the kernel makes twice as much')}
    --nodelay, --cork       ${l10n.t('small segments go out at once, or only full ones until the end')}
    --msg-more              ${l10n.t('every call but the last says that more is to come')}
    --peer process|thread   ${l10n.t('what the consumer of process-to-process is')}
    --pipe-size SIZE        ${l10n.t('of the pipe of modes that make one, instead of one as large as the buffer')}
    --queue-depth N         ${l10n.t('requests an io_uring mode keeps under way, buffers of a MSG_ZEROCOPY mode')}
    --durable               ${l10n.t('a transfer to a file ends when fdatasync has brought it to the disk')}
    --pin CPU[,CPU]         ${l10n.t('the CPUs that sender and receiver run on')}
    --objects A,B,...       ${l10n.t('many files of these sizes instead of one large one, with open, close and set-up')}
    --rate RATE|auto        ${l10n.t('every mode paced to this, such as 500MiB a second; auto finds one all can keep')}
    --evidence auto|off|require
                            ${l10n.t('which copies happened, from a pass of its own; require fails without samples')}
    --latency, --no-latency ${l10n.t('how long single calls take, from a pass of its own, or no such pass')}
    --seed N                ${l10n.t('seed of the contents and of the order of each round')}
    --time-limit 60s        ${l10n.t('no new round is begun after this time')}
    --json FILE|-           ${l10n.t('where the result document goes; - for standard output and nothing else on it')}
    --csv FILE              ${l10n.t('one row per sample as well')}
    --quiet                 ${l10n.t('no table')}

  zero-copy-lab receive [--listen ADDRESS] [--port PORT] [--allow-network] [--save-dir DIR] [--json]
    ${l10n.t('what another host sends to with run --to; prints address and token; ends with Ctrl-C')}
    --listen ADDRESS        ${l10n.t('an address of this host in numbers, instead of 127.0.0.1')}
    --port PORT             ${l10n.t('a port that a firewall lets through, instead of a free one')}
    --allow-network         ${l10n.t('needed for an address that other hosts reach')}
    --save-dir DIR          ${l10n.t('folder of the unnamed files of a receiver that saves')}

  zero-copy-lab probe [--dir DIR] [--to HOST:PORT] [--json]
    ${l10n.t('what this host can do, found out by trying')}
    --to HOST:PORT          ${l10n.t('how the interface is set that bytes for that host leave by; it is never changed')}

  zero-copy-lab calibrate [--dir DIR] [--json]
    ${l10n.t('what a system call, a copied byte, a new page, ... cost here: what predictions are made of')}

  zero-copy-lab selfcheck [--dir DIR] [--size SIZE] [--rounds N] [--json]
    ${l10n.t('the lab beside cp, dd, fio and iperf3 on the same bytes: whether to trust its numbers here')}

  zero-copy-lab export RESULT.zcresult.json --format csv|md|svg|folded|speedscope [-o FILE|-]
    csv                     ${l10n.t('a row per sample, for spreadsheets and statistics')}
    md                      ${l10n.t('a report; its pictures lie in a folder beside FILE, or inside of it without one')}
    svg                     ${l10n.t('a chart, or with --mode how the bytes of that mode go on this host')}
    folded, speedscope      ${l10n.t('the sampled kernel stacks, for flame graphs')}
    --mode ID[:SIZE]        ${l10n.t('only this case, such as sendfile, or read-write:64KiB by its buffer or file size')}
                            ${l10n.t('or sendfile:sg=off by its laboratory')}
    --against ID[:SIZE]     ${l10n.t('folded stacks of both, as CPU ms per GiB: this one first, then that of --mode')}
    --chart ID              ${l10n.t('of an SVG: headline, time-by-size, speed-by-size, cpu, crossings, calls, ...')}
    --theme light|dark      ${l10n.t('ground of the pictures')}

  zero-copy-lab compare REFERENCE.zcresult.json OTHER.zcresult.json... [--fail-if-slower 5%] [--json]
    ${l10n.t('two to eight results, case by case: ratios with intervals and verdicts, and what else differs')}
    --fail-if-slower 5%     ${l10n.t('exit with 5 if the whole 95 % interval of a case is below 95 % of the reference')}
                            ${l10n.t('and beyond the noise; of throughput, or of CPU time at an equal rate')}

  ${l10n.t('Switches of a laboratory, two network namespaces joined by a veth pair')}
${list(SWITCHES.map((each) => ({ id: placeholder(each), summary: summaryOf(each) })))}

  ${l10n.t('Presets')}
${list(presets())}

  ${l10n.t('Modes')}
${list(modeDescriptors())}

  ${l10n.t('Exit codes: 0 done; 1 a case failed, or a mode named explicitly is unsupported; 2 usage or bad input;')}
  ${l10n.t('3 nothing asked for works here; 4 required evidence is missing; 5 compare found a case that is slower; 130 cancelled.')}
`;
}
