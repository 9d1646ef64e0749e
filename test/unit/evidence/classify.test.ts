/** Labels of stacks as other kernels, compilers and architectures have them; those of this one are recorded. */
import { describe, expect, test } from 'vitest';
import { labelOf } from '../../../src/model/evidence/classify.ts';
import { labels } from '../../../src/model/evidence/labels.ts';
import { stack } from './evidence.ts';

const SYSCALL = 'do_syscall_64 < entry_SYSCALL_64_after_hwframe';

describe('copies out of the kernel', () => {
  test.each([
    [
      '5.10',
      'copy_user_enhanced_fast_string < copyout < _copy_to_iter < copy_page_to_iter < generic_file_buffered_read',
    ],
    [
      '5.10, iovec',
      'copy_user_generic_unrolled < copy_page_to_iter_iovec < copy_page_to_iter < generic_file_buffered_read',
    ],
    ['6.1', 'copy_user_enhanced_fast_string < copyout < _copy_to_iter < copy_page_to_iter < filemap_read'],
    ['6.6 without FSRM', 'rep_movs_alternative < _copy_to_iter < copy_page_to_iter < filemap_read'],
    ['6.12 with FSRM', '_copy_to_iter < copy_page_to_iter < filemap_read < ext4_file_read_iter [ext4]'],
    ['arm64', '__arch_copy_to_user < _copy_to_iter < copy_page_to_iter < filemap_read < el0_svc'],
    ['recv', '_copy_to_iter < __skb_datagram_iter.constprop.0 < skb_copy_datagram_iter < tcp_recvmsg_locked'],
    ['process_vm_readv', '_copy_to_iter < copy_page_to_iter < process_vm_rw_core.constprop.0'],
    ['pipe', 'copyout.isra.0 < _copy_to_iter < copy_page_to_iter < pipe_read'],
  ])('%s', (_, text) => {
    expect(labelOf(stack(`${text} < ${SYSCALL}`))).toBe('copy-to-user');
  });
});

describe('copies into the kernel', () => {
  test.each([
    ['5.10, file', 'copy_user_enhanced_fast_string < iov_iter_copy_from_user_atomic < generic_perform_write'],
    ['6.1, file', 'copy_user_enhanced_fast_string < copyin < copy_page_from_iter_atomic < generic_perform_write'],
    ['6.12, file', 'copy_page_from_iter_atomic < generic_perform_write < ext4_buffered_write_iter'],
    ['XFS', 'copy_folio_from_iter_atomic < iomap_write_iter < iomap_file_buffered_write < xfs_file_write_iter [xfs]'],
    ['arm64', '__arch_copy_from_user < copy_page_from_iter_atomic < generic_perform_write < el0_svc'],
    ['5.10, TCP', 'copy_user_generic_string < copyin < _copy_from_iter_full < tcp_sendmsg_locked'],
    ['6.6, TCP', 'rep_movs_alternative < _copy_from_iter < tcp_sendmsg_locked < tcp_sendmsg'],
    ['AF_UNIX', '_copy_from_iter < skb_copy_datagram_from_iter < unix_stream_sendmsg'],
    ['pipe', '_copy_from_iter < copy_page_from_iter < anon_pipe_write'],
  ])('%s', (_, text) => {
    expect(labelOf(stack(`${text} < ${SYSCALL}`))).toBe('copy-from-user');
  });
});

describe('copies inside the kernel', () => {
  test.each([
    ['5.10', 'memcpy_erms < iov_iter_copy_from_user_atomic < generic_perform_write < iter_file_splice_write'],
    [
      '6.12',
      'memcpy|__memcpy|__pi_memcpy < copy_page_from_iter_atomic < generic_perform_write < iter_file_splice_write',
    ],
    ['an alias alone', '__pi_memcpy < copy_folio_from_iter_atomic < generic_perform_write'],
    ['inlined', 'copy_page_from_iter_atomic < generic_perform_write < iter_file_splice_write'],
    ['a read of a splice', 'memcpy < _copy_to_iter < copy_page_to_iter < filemap_read < copy_splice_read'],
    [
      'a page that a pipe of 6.1 takes by copy',
      'memcpy < _copy_to_iter < shmem_file_read_iter < generic_file_splice_read',
    ],
  ])('from page cache to page cache: %s', (_, text) => {
    expect(labelOf(stack(`${text} < do_splice_direct_actor < ${SYSCALL}`))).toBe('copy-page-cache');
  });

  test('of registered buffers, by kernel address: a read, a write, and a write by a worker', () => {
    expect(labelOf(stack('memcpy < _copy_to_iter < copy_page_to_iter < filemap_read < io_read'))).toBe(
      'copy-fixed-buffer',
    );
    expect(labelOf(stack('memcpy < copy_page_from_iter_atomic < generic_perform_write < io_write'))).toBe(
      'copy-fixed-buffer',
    );
    expect(
      labelOf(
        stack(
          'memcpy < copy_page_from_iter_atomic < generic_perform_write < io_issue_sqe < io_wq_submit_work',
          'worker',
        ),
      ),
    ).toBe('copy-fixed-buffer');
  });

  test('zero-copy undone, on top of whoever runs', () => {
    const undone =
      'memcpy|__memcpy < skb_copy_ubufs < __netif_receive_skb_core.constprop.0 < process_backlog < handle_softirqs';
    expect(labelOf(stack(`${undone} < do_softirq < __local_bh_enable_ip < __dev_queue_xmit < tcp_write_xmit`))).toBe(
      'copy-undone',
    );
    expect(labelOf(stack(`${undone} < run_ksoftirqd < kthread`, 'kernel'))).toBe('copy-undone');
    expect(
      labelOf(stack(`${undone} < __irq_exit_rcu < asm_sysvec_apic_timer_interrupt < _copy_to_iter`, 'receiver')),
    ).toBe('copy-undone');
  });

  test('at segmentation payload counts, headers do not', () => {
    expect(labelOf(stack('memcpy < skb_copy_bits < skb_segment < tcp_gso_segment < __skb_gso_segment'))).toBe(
      'copy-segmentation',
    );
    expect(labelOf(stack('__memcpy < skb_copy_bits < __pskb_pull_tail < skb_checksum_help'))).toBe('copy-segmentation');
    expect(labelOf(stack('memcpy < skb_segment < tcp_gso_segment < __skb_gso_segment'))).toBe('network');
    expect(labelOf(stack('skb_copy_bits < tcp_collapse < tcp_try_rmem_schedule'))).toBe('network');
  });
});

describe('no copies', () => {
  test('until 6.4 a splice out of a file reads into an iterator, which takes references', () => {
    expect(labelOf(stack('copy_page_to_iter < filemap_read < generic_file_splice_read < splice_direct_to_actor'))).toBe(
      'splice',
    );
  });

  test('a fault in the middle of a copy is a fault', () => {
    const copying = '_copy_from_iter < tcp_sendmsg_locked';
    expect(
      labelOf(
        stack(`filemap_map_pages < do_fault < handle_mm_fault < exc_page_fault < asm_exc_page_fault < ${copying}`),
      ),
    ).toBe('page-fault');
    expect(labelOf(stack('fault_in_readable < fault_in_iov_iter_readable < generic_perform_write'))).toBe('page-fault');
    expect(labelOf(stack(`do_page_fault < do_mem_abort < el1_abort < __arch_copy_from_user < ${copying}`))).toBe(
      'page-fault',
    );
    expect(labelOf(stack(`clear_page_erms < do_anonymous_page < asm_exc_page_fault < ${copying}`))).toBe('zeroing');
  });

  test('an interrupt on top of a copy is no copy', () => {
    expect(
      labelOf(
        stack(
          'tcp_v4_rcv < ip_rcv < net_rx_action < __do_softirq < irq_exit_rcu < sysvec_apic_timer_interrupt < _copy_to_iter',
        ),
      ),
    ).toBe('network');
    expect(
      labelOf(stack('ktime_get < sysvec_apic_timer_interrupt < asm_sysvec_apic_timer_interrupt < _copy_to_iter')),
    ).toBe('other');
    expect(labelOf(stack('gic_handle_irq < el1_interrupt < el1h_64_irq < __arch_copy_to_user < _copy_to_iter'))).toBe(
      'other',
    );
  });

  test('arguments of calls are no payload', () => {
    expect(labelOf(stack('rep_movs_alternative < _copy_from_user < do_sys_poll < __x64_sys_poll'))).toBe('system-call');
    expect(labelOf(stack('__arch_copy_to_user < put_cmsg < tcp_recvmsg < ____sys_recvmsg'))).toBe('system-call');
    expect(labelOf(stack('__arch_copy_from_user < do_sys_poll < __arm64_sys_ppoll'))).toBe('system-call');
  });

  test('pages are lent: pinned, or referenced', () => {
    expect(labelOf(stack('gup_fast_fallback < pin_user_pages_fast < iov_iter_extract_pages < iter_to_pipe'))).toBe(
      'pinning',
    );
    expect(
      labelOf(
        stack('internal_get_user_pages_fast < get_user_pages_fast < iov_iter_get_pages2 < __zerocopy_sg_from_iter'),
      ),
    ).toBe('pinning');
    expect(labelOf(stack('page_cache_pipe_buf_confirm < pipe_to_sendpage < __splice_from_pipe'))).toBe('splice');
    expect(labelOf(stack('anon_pipe_write < vfs_write < ksys_write'))).toBe('pipe');
    expect(labelOf(stack('pipe_read < vfs_read < ksys_read'))).toBe('pipe');
  });

  test('time with interrupts off is charged to where they come on, whoever that is', () => {
    expect(labelOf(stack('_raw_spin_unlock_irqrestore < sock_def_readable < tcp_data_queue'))).toBe('irq-off');
    expect(labelOf(stack('finish_task_switch.isra.0 < __schedule < schedule'))).toBe('irq-off');
    expect(labelOf(stack('_raw_spin_lock < tcp_v4_rcv'))).toBe('lock-wait');
  });

  test('user mode, idle CPUs, addresses without names, functions without a table', () => {
    const user = { thread: 'sender', frames: [], count: 1 } as const;
    expect(labelOf({ ...user, user: 'memcpy' })).toBe('copy-user');
    expect(labelOf({ ...user, user: 'zero_copy_lab.node' })).toBe('user-code');
    expect(labelOf(stack('pv_native_safe_halt < default_idle < do_idle', 'kernel'))).toBe('idle');
    expect(labelOf({ ...user, frames: [[], []], user: null })).toBe('unlabelled');
    expect(labelOf(stack('something_new'))).toBe('other');
  });
});

test('every label has a name and a sentence, and none is there twice', () => {
  expect(new Set(labels().map(({ id }) => id)).size).toBe(labels().length);
  for (const { name, text } of labels()) expect(`${name}: ${text}`).toMatch(/^.{4,}: .{10,}\.$/);
});
