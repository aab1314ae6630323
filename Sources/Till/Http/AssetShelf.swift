import Crypto
import Foundation
import HTTPTypes
import NIOCore
import NIOPosix
import Shop
import Synchronization

/// Where the pages' fonts, icons and charts lie on this machine.
public enum Assets {
    public static var packages: [(package: String, folder: String)] {
        AssetShelf.packaged.map { ($0.package, $0.folder) }
    }
}

/// Style sheets, scripts, icons and fonts: our own from this module, others' from where their Debian
/// packages put them. Each is read once.
final class AssetShelf: Sendable {
    /// Folders of packages, by the path under `/assets/` at which they are served.
    static let packaged: [(path: String, folder: String, package: String)] = [
        ("icons/", "/usr/share/bootstrap-icons/svg/", "bootstrap-icons"),
        ("vendor/inter/", "/usr/share/fonts/opentype/inter/", "fonts-inter"),
        ("vendor/chart.js/", "/usr/share/javascript/chart.js/", "libjs-chart.js"),
    ]

    private struct Asset: Sendable {
        let body: ByteBuffer
        let type: String
        let etag: String
    }

    private let own: String
    private let read = Mutex<[String: Asset]>([:])

    init(own: String) {
        self.own = own
    }

    /// Throws `unknownThing` for what is not on the shelf.
    func answer(_ path: String, _ headers: HTTPFields) async throws -> Answer {
        let asset = try await asset(path)
        var answer: Answer
        if headers[.ifNoneMatch] == asset.etag {
            answer = Answer(.notModified)
        } else {
            answer = Answer(type: asset.type, body: asset.body)
        }
        answer.headers[.eTag] = asset.etag
        answer.headers[.cacheControl] = path.hasPrefix("vendor/") ? "max-age=86400" : "no-cache"
        return answer
    }

    private func asset(_ path: String) async throws -> Asset {
        if let asset = read.withLock({ $0[path] }) { return asset }
        guard let file = file(path),
            let type = Self.types[String(file.split(separator: ".").last ?? "")]
        else { throw Refusal(.unknownThing) }
        let bytes = try await NIOThreadPool.singleton.runIfActive {
            FileManager.default.contents(atPath: file)
        }
        guard let bytes else { throw Refusal(.unknownThing) }
        let digest = SHA256.hash(data: bytes).prefix(12)
        let asset = Asset(
            body: ByteBuffer(bytes: bytes),
            type: type,
            etag: "\"\(base64URL(digest))\""
        )
        read.withLock { $0[path] = asset }
        return asset
    }

    /// Nothing that steps out of its folder, nothing hidden.
    private func file(_ path: String) -> String? {
        let pieces = path.split(separator: "/", omittingEmptySubsequences: false)
        guard pieces.count <= 6,
            pieces.allSatisfy({ $0.wholeMatch(of: /[A-Za-z0-9_-][A-Za-z0-9._-]{0,80}/) != nil })
        else { return nil }
        for shelf in Self.packaged where path.hasPrefix(shelf.path) {
            return shelf.folder + path.dropFirst(shelf.path.count)
        }
        return own + "/" + path
    }

    private static let types = [
        "css": "text/css; charset=utf-8",
        "js": "text/javascript; charset=utf-8",
        "mjs": "text/javascript; charset=utf-8",
        "json": "application/json",
        "svg": "image/svg+xml",
        "png": "image/png",
        "otf": "font/otf",
        "woff2": "font/woff2",
        "webmanifest": "application/manifest+json",
    ]
}
