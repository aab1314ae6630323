/// What a structure states of a voucher when it signs it. It names nobody: whoever photographs the paper learns nothing
/// but dates.
///
/// 16 bytes, numbers with their highest byte first: version (1), key (4), code (5), day of the signature and last day
/// (2 each, days since 1 January 2020), services (1, a bit each in the order of `Category`), persons (1).
public struct VoucherStatement: Hashable, Sendable {
    public let key: StructureKeyID
    public let code: VoucherCode
    public let signedOn: Day
    public let validUntil: Day
    public let services: Set<Category>
    public let persons: Int

    static let version: UInt8 = 1
    static let size = 16
    private static let epoch = 18_262  // 1 January 2020

    /// Nil for what has no place in these bytes: a day before 2020 or after 2199, no person or more than 255.
    public init?(
        key: StructureKeyID,
        code: VoucherCode,
        signedOn: Day,
        validUntil: Day,
        services: Set<Category>,
        persons: Int
    ) {
        let days = 0...Int(UInt16.max)
        guard days ~= signedOn.number - Self.epoch, days ~= validUntil.number - Self.epoch,
            1...255 ~= persons
        else { return nil }
        self.key = key
        self.code = code
        self.signedOn = signedOn
        self.validUntil = validUntil
        self.services = services
        self.persons = persons
    }

    /// Reads what `bytes` writes, and nothing else.
    init?(bytes: some Collection<UInt8>) {
        let bytes = Array(bytes)
        guard bytes.count == Self.size, bytes[0] == Self.version else { return nil }
        let digits = String(number(bytes[5..<10]))
        let padded = String(repeating: "0", count: max(0, 12 - digits.count)) + digits
        guard let code = try? VoucherCode(scanned: padded),
            bytes[14] >> UInt8(Category.allCases.count) == 0
        else { return nil }
        let services = Category.allCases.enumerated().filter {
            bytes[14] >> UInt8($0.offset) & 1 == 1
        }
        self.init(
            key: StructureKeyID(UInt32(number(bytes[1..<5]))),
            code: code,
            signedOn: Day(Int(number(bytes[10..<12])) + Self.epoch),
            validUntil: Day(Int(number(bytes[12..<14])) + Self.epoch),
            services: Set(services.map(\.element)),
            persons: Int(bytes[15])
        )
    }

    /// What is signed.
    public var bytes: [UInt8] {
        var bytes = [Self.version]
        bytes += highestFirst(UInt64(key.number), 4)
        // Twelve digits fit into five bytes.
        bytes += highestFirst(UInt64(code.digits) ?? 0, 5)
        bytes += highestFirst(UInt64(signedOn.number - Self.epoch), 2)
        bytes += highestFirst(UInt64(validUntil.number - Self.epoch), 2)
        let services = Category.allCases.enumerated().reduce(UInt8(0)) { mask, category in
            self.services.contains(category.element) ? mask | 1 << UInt8(category.offset) : mask
        }
        return bytes + [services, UInt8(persons)]
    }
}

/// Which of the structures' keys signed: 32 random bits, as eight hexadecimal digits.
public struct StructureKeyID: Hashable, Sendable, CustomStringConvertible {
    public let number: UInt32

    public init(_ number: UInt32) { self.number = number }

    public init?(_ text: String) {
        guard text.utf8.count == 8, text == text.lowercased(),
            let number = UInt32(text, radix: 16)
        else { return nil }
        self.number = number
    }

    public var description: String {
        let text = String(number, radix: 16)
        return String(repeating: "0", count: 8 - text.count) + text
    }
}

/// A statement with its signature, as the QR of a voucher carries it: 80 bytes written as 200 decimal digits, twenty for
/// each eight bytes. Digits, because a QR holds them most densely, and a scanner on the wrong keyboard layout still
/// types them so that they can be read.
public struct SignedVoucher: Hashable, Sendable {
    public let statement: VoucherStatement
    /// P-256, r then s: 64 bytes.
    public let signature: [UInt8]

    static let digitCount = 200

    public init(_ statement: VoucherStatement, signature: [UInt8]) {
        precondition(signature.count == 64, "a P-256 signature has 64 bytes")
        self.statement = statement
        self.signature = signature
    }

    /// Nil for what was not written by `digits`; it says nothing yet of who signed.
    public init?(digits: String) {
        let digits = Array(digits.utf8)
        guard digits.count == Self.digitCount else { return nil }
        var bytes: [UInt8] = []
        for start in stride(from: 0, to: digits.count, by: 20) {
            let part = String(decoding: digits[start..<start + 20], as: UTF8.self)
            guard part.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }),
                let number = UInt64(part)
            else { return nil }
            bytes += highestFirst(number, 8)
        }
        guard let statement = VoucherStatement(bytes: bytes.prefix(VoucherStatement.size)) else {
            return nil
        }
        self.init(statement, signature: Array(bytes.dropFirst(VoucherStatement.size)))
    }

    public var digits: String {
        let bytes = statement.bytes + signature
        return stride(from: 0, to: bytes.count, by: 8).map { start in
            let text = String(number(bytes[start..<start + 8]))
            return String(repeating: "0", count: 20 - text.count) + text
        }.joined()
    }
}

private func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reduce(0) { $0 << 8 | UInt64($1) }
}

private func highestFirst(_ number: UInt64, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: number >> UInt64(8 * (count - 1 - $0))) }
}
