/// What credits a line once, for whoever types it first: a code of an operator, kept in the vault.
public enum RechargeCode {}

/// The code itself, as an operator prints it: 8 to 32 digits and capitals. It is a secret, worth its face value to whoever
/// reads it: it is written nowhere by being described, encoded or reflected.
public struct CodeText: Hashable, Sendable {
    private let characters: [UInt8]

    public static let lengths = 8...32

    /// Nil where it is no code of that length. Spaces and hyphens between its groups are left out.
    public init?(typed text: String, length: Int) {
        let typed = Array(text.uppercased().utf8)
        let characters = typed.filter { !" -".utf8.contains($0) }
        guard typed.first == characters.first, typed.last == characters.last,
            characters.count == length, Self.lengths.contains(length),
            characters.allSatisfy({ isDigit($0) || isCapital($0) })
        else { return nil }
        self.characters = characters
    }

    /// As it was sealed. Nil where the bytes are no code.
    public init?(opened bytes: some Sequence<UInt8>) {
        let characters = Array(bytes)
        guard Self.lengths.contains(characters.count),
            characters.allSatisfy({ isDigit($0) || isCapital($0) })
        else { return nil }
        self.characters = characters
    }

    /// What is sealed.
    public var bytes: [UInt8] { characters }

    /// What is shown, in groups of four, to whoever bought it.
    public var shown: String {
        stride(from: 0, to: characters.count, by: 4).map { start in
            String(decoding: characters[start..<min(start + 4, characters.count)], as: UTF8.self)
        }.joined(separator: " ")
    }

    /// Its last characters, by which people speak of it: four, or two of a code so short that four would be much of it.
    public var tail: String {
        String(decoding: characters.suffix(characters.count < 12 ? 2 : 4), as: UTF8.self)
    }

    /// Whether the code can be read in a text, or a part of it makes up the text.
    func isTold(by text: String) -> Bool {
        let told = String(
            decoding: text.uppercased().utf8.filter { isDigit($0) || isCapital($0) },
            as: UTF8.self
        )
        let code = String(decoding: characters, as: UTF8.self)
        return told.contains(code) || (told.utf8.count > 4 && code.contains(told))
    }
}

extension CodeText: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "…\(tail)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

private func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }
private func isCapital(_ byte: UInt8) -> Bool { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte }

/// How a recharge reaches its line. Raw values are stored: never rename or reuse one.
public enum RechargeDelivery: String, CaseIterable, Sendable, Codable {
    /// A card that is handed over.
    case card
    /// A code of the vault.
    case code

    public func name(in language: Language) -> String {
        switch self {
        case .card: language.choose("Carte remise", "Card handed over")
        case .code: language.choose("Code du coffre", "Code of the vault")
        }
    }
}
