/**
 * The words, each a function of its own: a bundle takes along only those that its page explains. Called late, when the
 * language is known. What there is to say beyond two sentences is in terms/.
 */
import * as l10n from '@vscode/l10n';
import type { Word } from './word.ts';

export function userSpace(): Word {
  return {
    id: 'user-space',
    name: l10n.t('user space'),
    short: l10n.t(
      'Where programs run. From here neither devices nor the memory of the kernel can be reached: a program asks, by a system call.',
    ),
  };
}

export function kernelSpace(): Word {
  return {
    id: 'kernel-space',
    name: l10n.t('kernel space'),
    short: l10n.t(
      'Where the kernel runs, with all memory and all devices at hand. Page cache and socket buffers are here.',
    ),
  };
}

export function pageCache(): Word {
  return {
    id: 'page-cache',
    name: l10n.t('page cache'),
    short: l10n.t(
      'What the kernel holds of files in memory, in pages of mostly 4 KiB. Reads and writes go through it, unless O_DIRECT is used.',
    ),
  };
}

export function socketBuffer(): Word {
  return {
    id: 'socket-buffer',
    name: l10n.t('socket buffer'),
    short: l10n.t(
      'What the kernel keeps of a connection until the other side has confirmed it: headers, with the data itself or references to pages.',
    ),
  };
}

export function pipe(): Word {
  return {
    id: 'pipe',
    name: l10n.t('pipe'),
    short: l10n.t(
      'A row of slots in the kernel, 16 unless asked otherwise. Each points to a page or a part of one; splice and sendfile move data through them.',
    ),
  };
}

export function residency(): Word {
  return {
    id: 'residency',
    name: l10n.t('residency, warm and cold'),
    short: l10n.t(
      'How much of the source is in the page cache before a transfer. Warm: all of it. Cold: next to nothing, which is checked for every transfer.',
    ),
  };
}

export function writeBack(): Word {
  return {
    id: 'write-back',
    name: l10n.t('write-back and fdatasync'),
    short: l10n.t(
      'write() leaves changed pages in the page cache, and the kernel brings them to the disk later. fdatasync() waits until they are there.',
    ),
  };
}

export function ioCall(): Word {
  return {
    id: 'io-call',
    name: l10n.t('the I/O call, step by step'),
    short: l10n.t(
      'From a file to the network by read() and write(): two calls, four crossings, two CPU copies and two DMA copies by the textbook.',
    ),
  };
}

export function systemCall(): Word {
  return {
    id: 'system-call',
    name: l10n.t('system call'),
    short: l10n.t(
      'A program asks the kernel to do something: the CPU enters kernel mode and comes back when it is done. Two crossings.',
    ),
  };
}

export function crossing(): Word {
  return {
    id: 'crossing',
    name: l10n.t('crossing (mode switch)'),
    short: l10n.t(
      'One change between user and kernel mode: a system call makes two. Textbooks call it a context switch; the scheduler has no part in it.',
    ),
  };
}

export function contextSwitch(): Word {
  return {
    id: 'context-switch',
    name: l10n.t('context switch'),
    short: l10n.t(
      'The scheduler gives the CPU of one task to another, mostly because the first has to wait. Counted by the kernel, not derived from calls.',
    ),
  };
}

export function callReturn(): Word {
  return {
    id: 'call-return',
    name: l10n.t('when the call returns'),
    short: l10n.t(
      'When write() or send() returns, the kernel has taken the data. It need not have left the machine, nor have been received.',
    ),
  };
}

export function ioUring(): Word {
  return {
    id: 'io-uring',
    name: l10n.t('io_uring ring'),
    short: l10n.t(
      'Two rings that program and kernel share: requests go into one, results come out of the other. One system call can hand in many requests.',
    ),
  };
}

export function virtualMemory(): Word {
  return {
    id: 'virtual-memory',
    name: l10n.t('virtual memory'),
    short: l10n.t(
      'Every program has addresses of its own. Page tables say which page of memory is behind each, and several addresses may lead to one page.',
    ),
  };
}

export function mapping(): Word {
  return {
    id: 'mapping',
    name: l10n.t('mapping (mmap)'),
    short: l10n.t(
      'mmap() lets page-cache pages of a file appear at addresses of the program. Nothing is copied; pages are entered when touched.',
    ),
  };
}

export function pageFault(): Word {
  return {
    id: 'page-fault',
    name: l10n.t('page fault'),
    short: l10n.t(
      'The CPU meets an address that is not in the page table yet. The kernel enters it, usually with its neighbours, and the program goes on.',
    ),
  };
}

export function pageReference(): Word {
  return {
    id: 'page-reference',
    name: l10n.t('page reference'),
    short: l10n.t(
      'Instead of the bytes, only where they are is handed on: page, offset and length. Who changes the page later changes what is sent.',
    ),
  };
}

export function zeroCopy(): Word {
  return {
    id: 'zero-copy',
    name: l10n.t('zero-copy'),
    short: l10n.t(
      'No CPU copies the payload on its way. Whether that is so depends on path, filesystem and interface, not on the name of the call.',
    ),
  };
}

export function cpuCopy(): Word {
  return {
    id: 'cpu-copy',
    name: l10n.t('CPU copy'),
    short: l10n.t('A CPU loads every byte of the payload and stores it somewhere else. This is what zero-copy saves.'),
  };
}

export function dma(): Word {
  return {
    id: 'dma',
    name: l10n.t('DMA'),
    short: l10n.t(
      'Direct memory access: a device reads or writes memory by itself. The CPU only says where, and is told when it is done.',
    ),
  };
}

export function dmaCopy(): Word {
  return {
    id: 'dma-copy',
    name: l10n.t('DMA copy'),
    short: l10n.t(
      'A device moves the payload between memory and disk or network. In a virtual machine it is usually a CPU of the host.',
    ),
  };
}

export function scatterGather(): Word {
  return {
    id: 'scatter-gather',
    name: l10n.t('scatter-gather DMA'),
    short: l10n.t(
      'DMA by a list of places instead of one: the NIC takes the headers from here and the data from pages elsewhere, into one packet.',
    ),
  };
}

export function reflink(): Word {
  return {
    id: 'reflink',
    name: l10n.t('reflink'),
    short: l10n.t(
      'The copy points to the blocks of the original. No data moves; the first write to a shared block has it copied then.',
    ),
  };
}

export function directIo(): Word {
  return {
    id: 'direct-io',
    name: 'O_DIRECT',
    short: l10n.t(
      'The disk moves data straight to or from the buffer of the program, past the page cache: in whole blocks, and never warm.',
    ),
  };
}

export function zerocopyCompletion(): Word {
  return {
    id: 'zerocopy-completion',
    name: l10n.t('zero-copy completion'),
    short: l10n.t(
      'MSG_ZEROCOPY lends pages of the program to the kernel. The completion says that they are free again, and by COPIED that they were copied after all.',
    ),
  };
}

export function loopback(): Word {
  return {
    id: 'loopback',
    name: l10n.t('loopback'),
    short: l10n.t(
      'The interface of a host to itself: no NIC, no wire, both sides on its CPUs. What holds here need not hold on a network.',
    ),
  };
}

export function cpuPerGib(): Word {
  return {
    id: 'cpu-per-gib',
    name: l10n.t('CPU s/GiB'),
    short: l10n.t(
      'CPU time that moving one GiB takes, user and system. It tells modes apart even where disk or network set the speed.',
    ),
  };
}

export function median(): Word {
  return {
    id: 'median',
    name: l10n.t('median and interval'),
    short: l10n.t(
      'Half of the rounds lie above the median, half below. The interval is made so that in at least 95 of 100 runs it holds the true median.',
    ),
  };
}

export function verdict(): Word {
  return {
    id: 'verdict',
    name: l10n.t('verdict'),
    short: l10n.t(
      'Faster, slower or same, where the whole interval of the ratio says so; unsettled, where this run cannot tell.',
    ),
  };
}

export function noiseFloor(): Word {
  return {
    id: 'noise-floor',
    name: l10n.t('noise floor'),
    short: l10n.t(
      'How far two equal cases came out apart in this run, and at least 2 %. Smaller differences are not called differences.',
    ),
  };
}

export function baseline(): Word {
  return {
    id: 'baseline',
    name: l10n.t('baseline and control'),
    short: l10n.t(
      'The baseline is what others are compared with, round by round: read + write, or a pipe. The control is the baseline once more.',
    ),
  };
}

export function steal(): Word {
  return {
    id: 'steal',
    name: l10n.t('steal'),
    short: l10n.t(
      'Time in which a virtual CPU wanted to run and the hypervisor let others run. It lengthens transfers, and not evenly.',
    ),
  };
}

export function percentile(): Word {
  return {
    id: 'percentile',
    name: l10n.t('percentile'),
    short: l10n.t('p99: of 100 calls, 99 took no longer than this. The median is p50.'),
  };
}

export function evidenceSample(): Word {
  return {
    id: 'evidence-sample',
    name: l10n.t('evidence sample'),
    short: l10n.t(
      'At even steps of CPU time the kernel notes what it is at, with the functions that led there. A label says what they do.',
    ),
  };
}
