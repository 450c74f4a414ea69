#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What doctor finds: flipped bits, refs, what an adoption left undone.

usage: soundness.py KAITEI ROOT
"""
import os
import subprocess
import sys
import zlib

from office import KAITEI, ROOT, TEXT, adopted, drafted, made, run, write

# ---- loose objects ------------------------------------------------------------

def loose_of(store):
    return [os.path.join(base, name)
            for base, _, names in os.walk(os.path.join(store.dir, 'objects'))
            for name in names if len(name) == 38]


def test_loose_objects_are_told_and_put_into_one_pack(folder):
    store = made(folder)
    store.by('add', write(folder, 'k.md', TEXT))
    drafted(store, folder, 'd', TEXT.replace('毎年', '毎月'))
    store.by('review', 'comment', 'd', '-m', 'a')
    large = os.path.join(folder, 'large.docx')
    with open(large, 'wb') as out:
        out.write(os.urandom(3 << 20))
    store.by('deliver', 'add', large, '--type', '報告書', '--date', '2026-05-15',
             '--other', '--reason', '試験')
    assert 'have a file each' not in store.run('doctor')
    paths = [write(folder, f'{i}.txt', f'{i}\n') for i in range(2000)]
    subprocess.run(['git', '--git-dir', store.dir, 'hash-object', '-w',
                    '--stdin-paths'], input='\n'.join(paths), text=True,
                   check=True, capture_output=True)
    before = store.git('cat-file', '--batch-all-objects', '--batch-check')
    log, refs = store.run('log', 'k'), store.refs()
    n = len(loose_of(store))
    told = store.run('doctor')
    assert f'{n - 1} objects have a file each' in told, told
    told = store.run('doctor', '--pack')
    assert f'{n - 1} objects put into one pack' in told, told
    # The large one stays; whoever names it or not, none is lost.
    assert len(loose_of(store)) == 1
    assert os.listdir(os.path.join(store.dir, 'objects')).count('pack') == 1
    assert not [x for x in os.listdir(os.path.join(store.dir, 'objects'))
                if x.startswith('tmp')]
    assert store.git('cat-file', '--batch-all-objects',
                     '--batch-check') == before
    assert store.run('log', 'k') == log and store.refs() == refs
    assert 'file each' not in store.run('doctor')
    assert '0 objects put' in store.run('doctor', '--pack')
    store.by('add', write(folder, 'k.md', TEXT.replace('毎年', '毎週')))
    store.by('review', 'approve', 'd')
    store.sound()
    # A pack in the making that was left behind goes when it is old.
    left = os.path.join(store.dir, 'objects', 'tmp_pack_aaaaaa')
    for name, old in (('tmp_pack_aaaaaa', True), ('tmp_pack_bbbbbb', False)):
        at = os.path.join(store.dir, 'objects', name)
        os.mkdir(at)
        write(at, 'pack-0.pack', 'x')
        if old:
            os.utime(at, (1, 1))
    store.run('doctor')
    assert not os.path.exists(left) and os.path.exists(at)


def test_a_damaged_store_is_not_packed(folder):
    store = made(folder)
    store.by('add', write(folder, 'k.md', TEXT))
    path = sorted(loose_of(store))[0]
    with open(path, 'rb') as old:
        bad = bytearray(old.read())
    bad[-5] ^= 1
    os.chmod(path, 0o644)
    with open(path, 'wb') as out:
        out.write(bad)
    before = sorted(loose_of(store))
    store.run('doctor', '--pack', status=2)
    assert '[damaged: ' in store.err or 'damaged' in store.err, store.err
    assert sorted(loose_of(store)) == before
    assert not os.listdir(os.path.join(store.dir, 'objects', 'pack'))


# ---- torture ------------------------------------------------------------------

def test_a_command_that_takes_too_long_is_a_failure_and_no_traceback(folder):
    slow = write(folder, 'slow', f'''#!/bin/sh
[ "$3 $4" = "draft new" ] && exec sleep 90
exec "{KAITEI}" "$@"
''')
    os.chmod(slow, 0o755)
    done = subprocess.run(
        [sys.executable, os.path.join(ROOT, 'tools', 'torture'), slow, '--only',
         'create', '--patience', '10'], capture_output=True, text=True)
    lines = done.stdout.splitlines()
    assert done.returncode == 1 and len(lines) == 3, done
    assert lines[1] == 'create FAILED: draft new d0: not done in 10 s', lines
    assert lines[2] == '0 passed, 1 failed' and done.stderr == '', done


# ---- doctor -------------------------------------------------------------------

def test_one_flipped_bit_is_found_and_named(folder):
    store = made(folder)
    store.by('add', write(folder, 'k.md', TEXT))
    drafted(store, folder, 'd', TEXT.replace('毎年', '毎月'))
    store.by('review', 'comment', 'd', '-m', 'a')
    store.run('doctor')
    objects = [os.path.join(base, name)
               for base, _, names in os.walk(os.path.join(store.dir,
                                                          'objects'))
               for name in names if len(name) == 38]
    for i, path in enumerate(sorted(objects)):
        with open(path, 'rb') as old:
            good = old.read()
        bad = bytearray(good)
        at = (i * 7919) % len(bad)
        bad[at] ^= 1 << (i % 8)
        os.chmod(path, 0o644)
        with open(path, 'wb') as out:
            out.write(bad)
        store.run('doctor', status=2)
        name = os.path.basename(os.path.dirname(path)) + os.path.basename(path)
        assert name in store.err, (name, at, store.err)
        with open(path, 'wb') as out:
            out.write(good)
    store.run('doctor')


def unending(good):
    """Bits that leave a stream which wants more than there is, or less."""
    size = len(zlib.decompress(good))
    for bit in range(len(good) * 8):
        bad = bytearray(good)
        bad[bit // 8] ^= 1 << bit % 8
        stream = zlib.decompressobj()
        try:
            got = len(stream.decompress(bytes(bad)))
        except zlib.error:
            continue
        if not stream.eof or got != size:
            yield bit


def test_an_object_that_does_not_end_is_not_read_for_ever(folder):
    store = made(folder)
    store.by('add', write(folder, 'k.md', TEXT))
    store.by('add', write(folder, 'k.md', TEXT.replace('毎年', '毎月')))
    count = 0
    for base, _, names in os.walk(os.path.join(store.dir, 'objects')):
        for name in names:
            path = os.path.join(base, name)
            with open(path, 'rb') as file:
                good = file.read()
            bits = list(unending(good))[:4]
            count += len(bits)
            if bits:
                flipped(store, path, lambda _, b=bits: b,
                        [os.path.basename(base) + name])
    assert count > 8, count
    # Any other command says it too.
    tip = store.git('rev-parse', 'main').strip()
    path = os.path.join(store.dir, 'objects', tip[:2], tip[2:])
    with open(path, 'rb') as file:
        good = file.read()
    os.chmod(path, 0o644)
    with open(path, 'wb') as out:
        out.write(good[:-20])
    store.run('show', 'k', status=2)
    assert '[damaged: ' in store.err, store.err


def test_drafts_are_not_listed_by_half_a_history(folder):
    # An adoption that cannot be read would show its draft as open.
    store = made(folder)
    for word in ('毎年', '毎月', '毎週'):
        store.by('add', write(folder, 'k.md', TEXT.replace('毎年', word)))
    drafted(store, folder, 'd', TEXT.replace('毎年', '毎日'))
    old = store.git('rev-parse', 'main~2').strip()
    path = os.path.join(store.dir, 'objects', old[:2], old[2:])
    os.chmod(path, 0o644)
    with open(path, 'r+b') as file:
        file.truncate(20)
    store.run('draft', 'list', status=2)
    assert '[damaged: ' in store.err, store.err


def test_an_index_with_a_flipped_bit_is_not_followed(folder):
    store = packed(folder)
    where = os.path.join(store.dir, 'objects', 'pack')
    name = [n for n in os.listdir(where) if n.endswith('.idx')][0]
    path = os.path.join(where, name)
    with open(path, 'rb') as file:
        bad = bytearray(file.read())
    bad[-50] ^= 0x40  # an offset
    os.chmod(path, 0o644)
    with open(path, 'wb') as out:
        out.write(bad)
    for args in (['log', 'k'], ['draft', 'list'], ['doctor']):
        store.run(*args, status=2)
        assert name in store.err, (args, store.err)


def flipped(store, path, bits, names):
    """Flip bits of a file one at a time: doctor names one of `names`."""
    with open(path, 'rb') as old:
        good = old.read()
    os.chmod(path, 0o644)
    for bit in bits(len(good)):
        bad = bytearray(good)
        bad[bit // 8] ^= 1 << bit % 8
        with open(path, 'wb') as out:
            out.write(bad)
        store.run('doctor', status=2)
        assert any(name in store.err for name in names), (
            path, bit, good[bit // 8:bit // 8 + 1], store.err)
    with open(path, 'wb') as out:
        out.write(good)
    store.run('doctor')


def packed(folder):
    """A store after git gc, with an adoption and a draft under review."""
    store = made(folder)
    store.by('add', write(folder, 'k.md', TEXT))
    drafted(store, folder, 'd', TEXT.replace('毎年', '毎月'))
    adopted(store, 'd', '第1号')
    drafted(store, folder, 'e', TEXT.replace('毎年', '毎日'))
    store.by('review', 'comment', 'e', '-m', 'a')
    store.git('gc', '-q')
    store.run('doctor')
    return store


def spread(count):
    """So many bits, from the first byte to the last, each place in a byte."""
    return lambda size: [
        i * (size - 1) // (count - 1) * 8 + i % 8 for i in range(count)]


def test_a_bit_flipped_in_a_pack_is_found_and_named(folder):
    store = packed(folder)
    where = os.path.join(store.dir, 'objects', 'pack')
    names = sorted(os.listdir(where))
    assert {os.path.splitext(name)[1] for name in names} >= {'.pack', '.idx'}
    for name in names:
        flipped(store, os.path.join(where, name), spread(16), [name])


def test_a_bit_flipped_in_packed_refs_is_found_and_named(folder):
    store = packed(folder)
    flipped(store, os.path.join(store.dir, 'packed-refs'),
            lambda size: [at * 8 + at % 8 for at in range(0, size, 5)],
            ['packed-refs'] + [ref.split()[0] for ref in store.refs()])


def test_a_bit_flipped_in_a_ref_is_found_and_named(folder):
    store = packed(folder)
    store.by('review', 'comment', 'e', '-m', 'b')
    drafted(store, folder, 'f', TEXT.replace('毎年', '毎日'))
    refs = [os.path.join(base, name)
            for base, _, names in os.walk(os.path.join(store.dir, 'refs'))
            for name in names]
    assert len(refs) >= 2, refs
    for path in refs:
        flipped(store, path, lambda size: [at * 8 + 5 * at % 8
                                           for at in range(size)],
                [os.path.relpath(path, store.dir)])
    flipped(store, os.path.join(store.dir, 'HEAD'), spread(21), ['HEAD'])


def test_what_an_adoption_left_undone_is_made_again(folder):
    store = made(folder)
    store.by('add', write(folder, 'k.md', TEXT))
    drafted(store, folder, 'd', TEXT.replace('毎年', '毎月'))
    adopted(store, 'd', '第1号')
    refs = store.refs()
    store.git('update-ref', '-d', 'refs/tags/公布/2026-03-20/第1号')
    assert refs != store.refs()
    assert 'made again' in store.run('doctor')
    assert [r.split()[0] for r in refs] == [r.split()[0]
                                            for r in store.refs()]


if __name__ == '__main__':
    sys.exit(run(globals()))
