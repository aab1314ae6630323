import CZip
import Foundation
import Testing

/// An archive that libzip packed, of any entries.
enum TestArchive {
    static func of(_ entries: [(name: String, bytes: [UInt8])]) throws -> [UInt8] {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).zip")
        defer { try? FileManager.default.removeItem(at: file) }
        let archive = try #require(zip_open(file.path, ZIP_CREATE | ZIP_TRUNCATE, nil))
        for (name, bytes) in entries {
            // The archive frees the copy once it is written.
            let copy = malloc(max(1, bytes.count))
            bytes.withUnsafeBytes { from in
                if let start = from.baseAddress {
                    copy?.copyMemory(from: start, byteCount: from.count)
                }
            }
            let source = try #require(zip_source_buffer(archive, copy, UInt64(bytes.count), 1))
            #expect(zip_file_add(archive, name, source, 0) >= 0)
        }
        #expect(zip_close(archive) == 0)
        return Array(try Data(contentsOf: file))
    }
}
