import Postgres
public import Shop

extension Store {
    /// How many machines a table holds at most.
    public static let devicesTableMost = 10_000

    /// What `devices` lists as a table to keep, whole: a line a machine, as the list shows it and in its order, of one moment.
    /// Throws `listTooLong` for more than `most` machines, and what `devices` throws.
    public func devicesTable(
        matching: String = "",
        at filter: DeviceFilter? = nil,
        olderThan days: Int? = nil,
        in reach: Reach = .everyShop,
        most: Int = Store.devicesTableMost,
        language: Language
    ) async throws -> Table {
        var table = Table(
            language.choose("Appareils", "Devices"),
            header: [
                language.choose("Étiquette", "Label"), language.choose("Type", "Kind"),
                language.choose("Fabricant", "Maker"), language.choose("Modèle", "Model"),
                language.choose("Numéro de série", "Serial number"),
                language.choose("Processeur", "Processor"),
                language.choose("Mémoire (Mio)", "Memory (MiB)"),
                language.choose("Stockage (Go)", "Storage (GB)"), language.choose("État", "State"),
                language.choose("Depuis le", "Since"), language.choose("Espace", "Shop"),
                language.choose("Rangement", "Location"), FieldName.grade.label(in: language),
                language.choose("Prix", "Price"),
                language.choose("Réservé jusqu’au", "Reserved until"),
                language.choose("Dossier après-vente", "After-sales case"),
                language.choose("Disque à remplacer", "Disk to be replaced"),
            ]
        )
        let list = try DeviceListing(matching, at: filter, olderThan: days, in: reach, on: today)
        let (rows, serials) = try await reports.transaction(isolation: .snapshot) { tx in
            let part = try tx.devices(list, limit: most)
            guard part.next == nil else {
                throw Refusal(.listTooLong, ["most": .number(Int64(most))])
            }
            let serials = try tx.query(
                "select id, serial from devices where id = any(\(part.items.map(\.id)))"
            )
            return (
                part.items,
                try Dictionary(
                    uniqueKeysWithValues: serials.map { row -> (ID<Device>, String) in
                        (try row["id"], try row["serial"])
                    }
                )
            )
        }
        for row in rows { table.add(row.cells(serial: serials[row.id] ?? "", in: language)) }
        return table
    }
}

extension DeviceRow {
    fileprivate func cells(serial: String, in language: Language) -> [Table.Cell] {
        [
            .text(label), .text(kind.name(in: language)), .text(maker), .text(model), .text(serial),
            .text(processor), memoryMB.map { .number($0) } ?? .nothing,
            storageGB > 0 ? .number(storageGB) : .nothing, .text(state(in: language)),
            since.map { .day($0.day) } ?? .nothing, .text(shop), .text(location?.name ?? ""),
            .text(grade?.name(in: language) ?? ""), price.map { .cents($0) } ?? .nothing,
            reservedUntil.map { .day($0) } ?? .nothing, .text(afterSales ?? ""),
            .text(sound ? "" : language.choose("oui", "yes")),
        ]
    }

    /// What it waits for; how it left.
    private func state(in language: Language) -> String {
        (exit?.name ?? step?.name ?? stage.name)(language)
    }
}
