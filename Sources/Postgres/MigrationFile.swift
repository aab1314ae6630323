import Crypto
public import Foundation

/// One file of SQL, known by its name and its bytes.
public struct MigrationFile: Hashable, Sendable {
    /// The file's name, with its extension: `0003_vouchers.sql`.
    public let name: String
    public let text: String

    public init(name: String, text: String) {
        self.name = name
        self.text = text
    }

    /// SHA-256 of the text as it lies in the file, in hexadecimal.
    public var digest: String { sha256(text) }

    /// The `.sql` files of a folder, by name.
    public static func folder(_ folder: URL) throws -> [MigrationFile] {
        try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "sql" }
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
            .map {
                try MigrationFile(
                    name: $0.lastPathComponent,
                    text: String(contentsOf: $0, encoding: .utf8)
                )
            }
    }

    /// The text with `:name` replaced by the quoted identifier and `:'name'` by the quoted literal,
    /// as psql has it, for the names given. A cast (`::name`) stays a cast.
    public func text(with variables: [String: String]) -> String {
        if variables.isEmpty { return text }
        var whole = ""
        var rest = text[...]
        while let colon = rest.firstIndex(of: ":") {
            whole += rest[..<colon]
            rest = rest[rest.index(after: colon)...]
            if rest.first == ":" {
                whole += "::"
                rest.removeFirst()
                continue
            }
            let isLiteral = rest.first == "'"
            let candidate = rest.dropFirst(isLiteral ? 1 : 0)
            let name = candidate.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
            let after = candidate[name.endIndex...]
            if let value = variables[String(name)], !isLiteral || after.first == "'" {
                whole += isLiteral ? SQL.quoted(literal: value) : SQL.quoted(identifier: value)
                rest = after.dropFirst(isLiteral ? 1 : 0)
            } else {
                whole += ":"
            }
        }
        return whole + rest
    }
}

func sha256(_ text: String) -> String {
    String(hexadecimal(Array(SHA256.hash(data: Data(text.utf8)))).dropFirst(2))
}
