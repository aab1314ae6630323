import Postgres
public import Shop

extension Store {
    /// Declares how an operator writes its files of codes. A format is never edited: what changes is another one. Throws
    /// `roleMissing`, `nameTaken`.
    public func declareCodeFormat(
        _ format: CodeFormat,
        key: ID<Claim>,
        by staff: Staff
    ) async throws -> CodeFormat {
        let facts: [String: Refusal.Fact] = ["field": .field(.code), "text": .text(format.code)]
        return try await command(
            "declare-code-format",
            key: key,
            input: format,
            by: staff,
            facts: facts
        ) { tx, now in
            try staff.checkHoldsHere(.vaultKeepers)
            try tx.execute(
                """
                insert into code_formats (code, name, encoding, delimiter, heading_lines, code_length, code_column,
                    serial_column, value_column, expiry_column, check_units_column, check_value_column, recorded_at,
                    recorded_by)
                values (\(format.code), \(format.name), \(format.encoding), \(format.delimiter), \(format.headingLines),
                    \(format.codeLength), \(format.codeColumn), \(format.serialColumn), \(format.valueColumn),
                    \(format.expiryColumn), \(format.checkUnitsColumn), \(format.checkValueColumn), \(now), \(staff.id))
                """
            )
            return format
        }
    }

    /// Every format, by code. `after` is the last part's `next`.
    public func codeFormats(
        after: String? = nil,
        limit: Int = 50
    ) async throws -> Paged<CodeFormat> {
        let limit = min(max(limit, 1), 200)
        return try await transaction { tx in
            let rows = try tx.query(
                """
                select \(CodeFormat.columns) from code_formats where code > \(after ?? "") order by code
                limit \(limit + 1)
                """
            )
            return Paged(try rows.map { try CodeFormat($0) }, limit: limit) { $0.code }
        }
    }
}

extension Transaction {
    /// Throws `rechargeFormatUnknown`.
    func codeFormat(_ code: String) throws -> CodeFormat {
        guard
            let row = try query(
                "select \(CodeFormat.columns) from code_formats where code = \(code)"
            ).first
        else {
            throw Refusal(
                .rechargeFormatUnknown,
                ["field": .field(.codeFormat), "text": .text(String(code.prefix(40)))]
            )
        }
        return try CodeFormat(row)
    }
}

extension CodeFormat {
    fileprivate static let columns: SQL = """
        code, name, encoding, delimiter, heading_lines, code_length, code_column, serial_column, value_column,
        expiry_column, check_units_column, check_value_column
        """

    fileprivate init(_ row: Row) throws {
        try self.init(
            code: ShortCode(typed: row["code"]),
            name: ShortText(typed: row["name"], field: .name),
            encoding: row["encoding"],
            delimiter: row["delimiter"],
            headingLines: row["heading_lines"],
            codeLength: row["code_length"],
            codeColumn: row["code_column"],
            serialColumn: row["serial_column"],
            valueColumn: row["value_column"],
            expiryColumn: row["expiry_column"],
            checkUnitsColumn: row["check_units_column"],
            checkValueColumn: row["check_value_column"]
        )
    }
}
