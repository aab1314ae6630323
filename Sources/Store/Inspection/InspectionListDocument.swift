public import Shop

/// A version of a list, as files, commands and programs read and write it.
public struct InspectionListDocument: Codable, Sendable {
    public let deviceKind: DeviceKind
    /// Absent when it is written: today.
    public let startsOn: Day?
    /// In the order in which they are tried.
    public let items: [Item]
    /// When it was written down, and by whom: told, and left aside when it is read. The latter is absent for what came with the
    /// installation.
    public let recordedAt: Instant?
    public let operatorCode: String?
    /// When and by whom it was taken back before its day; absent for one that came into force, or will.
    public let withdrawn: VersionWithdrawal?

    public struct Item: Codable, Sendable {
        public let item: String
        public let nameFr: String
        public let nameEn: String
        /// These two absent: nothing needs to be said.
        public let helpFr: String?
        public let helpEn: String?
        /// Absent: yes.
        public let mustPass: Bool?
    }

    public init(
        _ list: InspectionList,
        recordedAt: Instant? = nil,
        operatorCode: String? = nil,
        withdrawn: VersionWithdrawal? = nil
    ) {
        deviceKind = list.kind
        startsOn = list.startsOn
        items = list.items.map { item in
            Item(
                item: item.item,
                nameFr: item.french,
                nameEn: item.english,
                helpFr: item.frenchHelp.isEmpty ? nil : item.frenchHelp,
                helpEn: item.englishHelp.isEmpty ? nil : item.englishHelp,
                mustPass: item.mustPass
            )
        }
        self.recordedAt = recordedAt
        self.operatorCode = operatorCode
        self.withdrawn = withdrawn
    }

    public init(_ dated: DatedInspectionList) {
        self.init(
            dated.list,
            recordedAt: dated.recordedAt,
            operatorCode: dated.operatorCode,
            withdrawn: dated.withdrawn
        )
    }

    /// Throws `inspectionListUneven`, and what an item's words are refused for, which tells the item.
    public func list(today: Day) throws(Refusal) -> InspectionList {
        var read: [InspectionItem] = []
        for (index, item) in items.prefix(InspectionList.itemsMost + 1).enumerated() {
            do throws(Refusal) {
                read.append(
                    try InspectionItem(
                        item: item.item,
                        french: item.nameFr,
                        english: item.nameEn,
                        frenchHelp: item.helpFr,
                        englishHelp: item.helpEn,
                        mustPass: item.mustPass ?? true
                    )
                )
            } catch {
                throw error.telling(item: index + 1, item.item)
            }
        }
        return try InspectionList(kind: deviceKind, startsOn: startsOn ?? today, items: read)
    }
}

extension Refusal {
    /// The same, whose field says of which item it is: « Nom en anglais (point 3, keyboard) ».
    fileprivate func telling(item number: Int, _ code: String) -> Refusal {
        guard let field = facts["field"] else { return self }
        let code = code.isEmpty ? "" : ", \(code.prefix(40))"
        let told = Fact.explained(
            french: "\(field.written(in: .french)) (point \(number)\(code))",
            english: "\(field.written(in: .english)) (item \(number)\(code))"
        )
        return Refusal(reason, facts.merging(["field": told]) { $1 })
    }
}
