import Crypto
import Foundation
import NIOPosix
import Postgres
public import Shop
import Spreadsheet

/// A file of codes with the slip that came with it.
public struct CodeDelivery: Sendable {
    public let fileName: String
    public let bytes: [UInt8]
    public let slip: DeliverySlip
    /// The article that the codes are.
    public let product: ShortCode
    /// How the file is written.
    public let format: ShortCode

    public init(
        fileName: String,
        bytes: [UInt8],
        slip: DeliverySlip,
        product: ShortCode,
        format: ShortCode
    ) {
        self.fileName = fileName
        self.bytes = bytes
        self.slip = slip
        self.product = product
        self.format = format
    }
}

/// What an import of codes took in, or would.
public struct ImportedCodes: Hashable, Sendable, Codable {
    /// Nil in a preview.
    public let batch: String?
    public let product: String
    public let units: Int
    public let faceValue: Cents
    public let total: Cents
    /// The first and the last day on which one of them expires; nil where none does.
    public let firstExpiry: Day?
    public let lastExpiry: Day?

    enum CodingKeys: String, CodingKey {
        case batch, product, units
        case faceValue = "face_value_cents"
        case total = "total_cents"
        case firstExpiry = "first_expiry"
        case lastExpiry = "last_expiry"
    }
}

extension Store {
    /// What an import would take in, with everything looked at that an import looks at. Writes nothing. Throws as
    /// `importCodes` does.
    public func previewCodes(
        _ delivery: CodeDelivery,
        into shop: ID<Shop>,
        by staff: Staff
    ) async throws -> ImportedCodes {
        let read = try await read(delivery)
        let day = today
        return try await transaction { tx in
            try staff.checkHolds(.vaultKeepers, in: shop)
            let product = try tx.codeProduct(delivery.product)
            try checkUnknown(read, product, in: tx)
            try read.checkExpiry(on: day)
            return ImportedCodes(read, delivery, batch: nil)
        }
    }

    /// Takes a file of codes in, whole or not at all. They are sealed, and sold by nobody until another person approves the
    /// batch. The same file again is refused and names its batch; so is a code or a serial that is known, with the lines
    /// (D2). Gives the batch.
    ///
    /// Throws what `CodeFile` and `DeliverySlip.check` throw, `inputTooLarge`, `rechargeFileUnreadable`,
    /// `rechargeFormatUnknown`, `productUnknown`, `rechargeProductNotByCode`, `rechargeFileKnown`, `rechargeCodesKnown`,
    /// `rechargeCodesExpired`.
    public func importCodes(
        _ delivery: CodeDelivery,
        into shop: ID<Shop>,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> ImportedCodes {
        struct Input: Encodable {
            let mark: String
            let slip: DeliverySlip
            let product: ShortCode
            let format: ShortCode
            let shop: ID<Shop>
        }
        let read = try await read(delivery)
        let input = Input(
            mark: hexadecimal(read.mark),
            slip: delivery.slip,
            product: delivery.product,
            format: delivery.format,
            shop: shop
        )
        // What whoever comes second at the same moment reads.
        let facts: [String: Refusal.Fact] = [
            "field": .field(.codeFile), "code": .text("…"), "lines": .text("…"),
        ]
        return try await command("import-codes", key: key, input: input, by: staff, facts: facts) {
            tx,
            now in
            try staff.checkHolds(.vaultKeepers, in: shop)
            let product = try tx.codeProduct(delivery.product)
            try checkUnknown(read, product, in: tx)
            try read.checkExpiry(on: now.day)
            let code = try tx.nextNumber(CodeBatch.mark, in: shop, on: now.day)
            let batch = newID(CodeBatch.self)
            let name = String(
                String.UnicodeScalarView(delivery.fileName.unicodeScalars.suffix(200))
            )
            _ = try tx.pipeline([
                """
                insert into code_batches (id, code, shop_id, product_id, format, file_name, slip, units, face_cents,
                                          recorded_at, recorded_by)
                values (\(batch), \(code), \(shop), \(product.id), \(delivery.format), \(name), \(delivery.slip.number),
                        \(delivery.slip.units), \(delivery.slip.faceValue), \(now), \(staff.id))
                """,
                "insert into code_files (mark, batch_id) values (\(read.mark), \(batch))",
            ])
            for start in stride(from: 0, to: read.lines.count, by: codesAtOnce) {
                let part = read.lines[start..<min(start + codesAtOnce, read.lines.count)]
                try tx.execute(
                    try insert(part, into: batch, of: product, in: shop)
                )
            }
            return ImportedCodes(read, delivery, batch: code)
        }
    }

    private func insert(
        _ lines: ArraySlice<CodeFile.Line>,
        into batch: ID<CodeBatch>,
        of product: CodeProduct,
        in shop: ID<Shop>
    ) throws -> SQL {
        var (ids, seals, indexes): ([ID<RechargeCode>], [Data], [Data]) = ([], [], [])
        for line in lines {
            let id = newID(RechargeCode.self)
            let place = CodePlace(code: id, batch: batch, shop: shop, product: product.id)
            ids.append(id)
            seals.append(try keys.sealed(line.code, at: place))
            indexes.append(keys.blindIndex(of: line.code))
        }
        return """
            insert into recharge_codes (id, batch_id, line, shop_id, product_id, operator, key_id, sealed, blind_index, serial,
                                        tail, expires_on)
            select c.id, \(batch), c.line, \(shop), \(product.id), \(product.operatorName), \(keys.codes.last), c.sealed,
                   c.blind_index, c.serial, c.tail, c.expires_on
            from unnest(\(ids)::uuid[], \(lines.map(\.line))::int[], \(seals)::bytea[], \(indexes)::bytea[],
                        \(lines.map(\.serial))::text[], \(lines.map(\.code.tail))::text[],
                        \(lines.map(\.expiresOn))::date[])
                 as c (id, line, sealed, blind_index, serial, tail, expires_on)
            """
    }

    /// Throws `rechargeFileKnown`, `rechargeCodesKnown` with the lines.
    private func checkUnknown(
        _ read: ReadCodes,
        _ product: CodeProduct,
        in tx: Transaction
    ) throws {
        if let batch: String = try tx.query(
            """
            select b.code from code_files f join code_batches b on b.id = f.batch_id where f.mark = \(read.mark)
            """
        ).first?["code"] {
            throw Refusal(
                .rechargeFileKnown,
                ["field": .field(.codeFile), "code": .text(batch)]
            )
        }
        let indexes = read.lines.map {
            keys.blindIndex(of: $0.code)
        }
        let known = try tx.query(
            """
            select blind_index, serial from recharge_codes
            where blind_index = any(\(indexes)::bytea[])
               or operator = \(product.operatorName) and serial <> '' and serial = any(\(read.lines.map(\.serial)))
            """
        )
        guard !known.isEmpty else { return }
        let blinds: Set<Data> = Set(try known.map { try $0["blind_index"] })
        let serials: Set<String> = Set(try known.map { try $0["serial"] }).subtracting([""])
        let lines = zip(read.lines, indexes).filter {
            blinds.contains($0.1) || serials.contains($0.0.serial)
        }.map(\.0.line)
        throw Refusal(
            .rechargeCodesKnown,
            ["field": .field(.codeFile), "lines": .text(CodeFile.named(lines))]
        )
    }

    /// Away from the cooperative threads.
    private func read(_ delivery: CodeDelivery) async throws -> ReadCodes {
        guard delivery.bytes.count <= CodeFile.bytesMost else {
            throw Refusal(
                .inputTooLarge,
                ["field": .field(.codeFile), "most": .text("\(CodeFile.bytesMost / 1_000_000) MB")]
            )
        }
        let format = try await transaction { tx in try tx.codeFormat(delivery.format.text) }
        return try await hashing.runIfActive {
            let file = try CodeFile(records(delivery.bytes, format), format)
            let hash = hexadecimal(SHA256.hash(data: delivery.bytes))
            try delivery.slip.check(file, hash: hash)
            return ReadCodes(lines: file.lines, mark: keys.blindIndex("recharge file", hash))
        }
    }
}

/// How many codes one statement inserts.
private let codesAtOnce = 1_000

/// A file of codes that is as its format and its slip say.
private struct ReadCodes: Sendable {
    let lines: [CodeFile.Line]
    /// By which the file is known again.
    let mark: Data

    /// Throws `rechargeCodesExpired`.
    func checkExpiry(on day: Day) throws(Refusal) {
        let lines = lines.filter { $0.expiresOn.map { $0 < day } ?? false }.map(\.line)
        guard lines.isEmpty else {
            throw Refusal(
                .rechargeCodesExpired,
                ["field": .field(.codeFile), "lines": .text(CodeFile.named(lines))]
            )
        }
    }
}

extension ImportedCodes {
    fileprivate init(_ read: ReadCodes, _ delivery: CodeDelivery, batch: String?) {
        let days = read.lines.compactMap(\.expiresOn)
        self.init(
            batch: batch,
            product: delivery.product.text,
            units: read.lines.count,
            faceValue: delivery.slip.faceValue,
            total: delivery.slip.value,
            firstExpiry: days.min(),
            lastExpiry: days.max()
        )
    }
}

/// An article that is handed over as a code.
struct CodeProduct {
    let id: ID<Product>
    let code: String
    let operatorName: String
}

extension Transaction {
    /// Throws `productUnknown`, `rechargeProductNotByCode`.
    func codeProduct(_ code: ShortCode) throws -> CodeProduct {
        guard
            let row = try query(
                "select id, code, operator, delivery from products where code = \(code)"
            ).first
        else {
            throw Refusal(
                .productUnknown,
                ["field": .field(.product), "code": .text(code.text)]
            )
        }
        guard try row["delivery"] == RechargeDelivery.code else {
            throw Refusal(
                .rechargeProductNotByCode,
                ["field": .field(.product), "code": .text(code.text)]
            )
        }
        return CodeProduct(
            id: try row["id"],
            code: try row["code"],
            operatorName: try row["operator"]
        )
    }
}

/// The lines of a text or of a workbook's first sheet. Throws `rechargeFileUnreadable`.
private func records(
    _ bytes: [UInt8],
    _ format: CodeFormat
) throws(Refusal) -> [DelimitedText.Record] {
    let unreadable = Refusal(.rechargeFileUnreadable, ["field": .field(.codeFile)])
    if Workbook.mayBe(bytes) {
        guard let sheet = (try? Workbook(bytes))?.sheets.first else { throw unreadable }
        return sheet.rows.map { row in
            // A spreadsheet keeps fifteen digits of a number: what has more is another code than the operator's.
            let cells = row.cells.enumerated().map { place, text in
                row.numbers.contains(place) && text.utf8.count > 15 ? "\u{FFFD}" : text
            }
            return DelimitedText.Record(line: row.number, fields: cells)
        }
    }
    guard let text = DelimitedText(bytes, between: format.delimiter),
        // Plain ASCII is both.
        text.encoding == format.encoding || bytes.allSatisfy({ $0 < 0x80 })
    else { throw unreadable }
    return text.records
}

/// An article that comes as codes, as a form offers it.
public struct OfferedCodes: Hashable, Sendable, Codable {
    public let code: String
    public let nameFr: String
    public let nameEn: String

    public init(code: String, nameFr: String, nameEn: String) {
        self.code = code
        self.nameFr = nameFr
        self.nameEn = nameEn
    }

    public func name(in language: Language) -> String { language.choose(nameFr, nameEn) }
}

extension Store {
    /// Articles that come as codes, by code; two hundred at most.
    public func codeProducts() async throws -> [OfferedCodes] {
        try await transaction { tx in
            try tx.query(
                "select code, name_fr, name_en from products where delivery = 'code' order by code limit 200"
            ).map { row in
                OfferedCodes(
                    code: try row["code"],
                    nameFr: try row["name_fr"],
                    nameEn: try row["name_en"]
                )
            }
        }
    }
}
