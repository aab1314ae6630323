private import CZip

/// A ZIP archive in memory, read through libzip, under limits that hold before memory is spent: whatever an entry says
/// of its size, no more is read of it.
///
/// Not `Sendable`: it holds C pointers, and stays where it was opened.
final class ZipArchive {
    private let bytes: UnsafeMutableBufferPointer<UInt8>
    private let archive: OpaquePointer
    /// Bytes that may still be taken out of it.
    private var left = ZipArchive.bytesMax

    /// A workbook has some twenty.
    static let entriesMax = 1_000
    /// Of all entries together, uncompressed.
    static let bytesMax = 64 << 20
    /// How many times larger than its packed form an entry may be. Sheets pack to a fiftieth at the very best.
    static let ratioMax = 200
    /// A small entry that packs well harms nobody.
    static let smallMax = 1 << 20

    init(_ file: [UInt8]) throws(WorkbookFault) {
        let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(1, file.count))
        _ = copy.initialize(from: file)
        guard let source = zip_source_buffer_create(copy.baseAddress, UInt64(file.count), 0, nil)
        else {
            copy.deallocate()
            throw .damaged
        }
        // Once the archive is open, it frees its source.
        guard let opened = zip_open_from_source(source, ZIP_RDONLY, nil) else {
            zip_source_free(source)
            copy.deallocate()
            throw .notAWorkbook
        }
        bytes = copy
        archive = opened
        if zip_get_num_entries(archive, 0) > Self.entriesMax { throw .tooLarge }
    }

    deinit {
        zip_discard(archive)
        bytes.deallocate()
    }

    /// The entry's bytes; nil when there is no such entry.
    func entry(_ name: String) throws(WorkbookFault) -> [UInt8]? {
        var told = zip_stat_t()
        guard zip_stat(archive, name, 0, &told) == 0 else { return nil }
        let known = UInt64(ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_INDEX)
        guard told.valid & known == known else { throw .damaged }
        if told.size > UInt64(left) { throw .tooLarge }
        let size = Int(told.size)
        if size > Self.smallMax, told.size / max(1, told.comp_size) > UInt64(Self.ratioMax) {
            throw .tooLarge
        }
        guard let file = zip_fopen_index(archive, told.index, 0) else {
            throw told.encryption_method == 0 ? .damaged : .encrypted
        }
        defer { zip_fclose(file) }
        // One byte of room more than it says: an entry that lies about its size is damaged.
        let content = [UInt8](unsafeUninitializedCapacity: size + 1) { buffer, count in
            while count <= size {
                let read = zip_fread(file, buffer.baseAddress! + count, UInt64(size + 1 - count))
                if read <= 0 { break }
                count += Int(read)
            }
        }
        guard content.count == size else { throw .damaged }
        left -= size
        return content
    }
}
