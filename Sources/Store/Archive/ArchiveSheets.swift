import Foundation
import Shop

/// The entries of an archive as sheets that anybody may open: amounts in cents, `;` between the columns, UTF-8 with its mark.
/// Everything in them is read from the sealed texts, nothing from the tables.
final class ArchiveSheets {
    private let tickets: ArchiveWriter
    private let lines: ArchiveWriter
    private let payments: ArchiveWriter
    private let refunds: ArchiveWriter
    private let refundLines: ArchiveWriter
    private let closings: ArchiveWriter
    private let totals: ArchiveWriter
    private let events: ArchiveWriter

    init(in folder: URL) throws {
        tickets = try ArchiveWriter("tickets.csv", in: folder)
        lines = try ArchiveWriter("lignes.csv", in: folder)
        payments = try ArchiveWriter("paiements.csv", in: folder)
        refunds = try ArchiveWriter("remboursements.csv", in: folder)
        refundLines = try ArchiveWriter("lignes_remboursees.csv", in: folder)
        closings = try ArchiveWriter("clotures.csv", in: folder)
        totals = try ArchiveWriter("totaux_clotures.csv", in: folder)
        events = try ArchiveWriter("evenements.csv", in: folder)
        try tickets.row(
            "\u{FEFF}caisse",
            "position",
            "numero",
            "type",
            "date_heure",
            "jour",
            "operateur",
            "total_centimes",
            "valeur_centimes",
            "tva_centimes",
            "lignes",
            "logiciel"
        )
        try lines.row(
            "\u{FEFF}numero",
            "ligne",
            "designation",
            "quantite",
            "prix_unitaire_centimes",
            "valeur_centimes",
            "part_personne_centimes",
            "part_programme_centimes",
            "regime_tva",
            "taux_tva_points_de_base",
            "tva_centimes"
        )
        try payments.row(
            "\u{FEFF}numero",
            "rang",
            "moyen",
            "montant_centimes",
            "remis_centimes",
            "rendu_centimes"
        )
        try refunds.row(
            "\u{FEFF}caisse",
            "position",
            "numero",
            "date_heure",
            "jour",
            "operateur",
            "vente",
            "motif",
            "moyen",
            "total_centimes",
            "tva_centimes",
            "unites"
        )
        try refundLines.row(
            "\u{FEFF}numero",
            "identifiant_vente",
            "ligne",
            "unite",
            "montant_centimes",
            "tva_centimes"
        )
        try totals.row(
            "\u{FEFF}numero",
            "de",
            "nom",
            "taux_tva_points_de_base",
            "entrees_centimes",
            "sorties_centimes",
            "tva_centimes"
        )
        try closings.row(
            "\u{FEFF}caisse",
            "position",
            "numero",
            "date_heure",
            "periode",
            "debut",
            "fin",
            "ventes_centimes",
            "remboursements_centimes",
            "attributions_centimes",
            "perpetuel_centimes",
            "perpetuel_absolu_centimes",
            "detail"
        )
        try events.row(
            "\u{FEFF}caisse",
            "position",
            "numero",
            "date_heure",
            "type",
            "evenement",
            "detail"
        )
    }

    func write(_ entry: ArchivedEntry, _ fields: SealedFields, at till: String) throws {
        let position = String(entry.position)
        switch EntryKind(rawValue: entry.kind) {
        case .sale, .gift:
            let number = ReceiptCode(
                till: till,
                kind: entry.kind == "sale" ? .sale : .gift,
                number: entry.number
            ).text
            try tickets.row(
                till,
                position,
                number,
                entry.kind,
                entry.happenedAt,
                fields["business_on"],
                fields["operator"],
                fields["total_cents"],
                fields["value_cents"],
                fields["vat_cents"],
                fields["line_count"],
                fields["software"]
            )
            for line in fields.numbered("line") {
                try lines.row(
                    number,
                    String(line.number),
                    line.fields["description"],
                    line.fields["quantity"],
                    line.fields["unit_price_cents"],
                    line.fields["value_cents"],
                    line.fields["person_cents"],
                    line.fields["programme_cents"],
                    line.fields["vat_regime"],
                    line.fields["vat_rate_bp"],
                    line.fields["vat_cents"]
                )
            }
            for payment in fields.numbered("payment") {
                try payments.row(
                    number,
                    String(payment.number),
                    payment.fields["means"],
                    payment.fields["amount_cents"],
                    payment.fields["tendered_cents"],
                    payment.fields["change_cents"]
                )
            }
        case .refund:
            try refunds.row(
                till,
                position,
                ReceiptCode(till: till, kind: .refund, number: entry.number).text,
                entry.happenedAt,
                fields["business_on"],
                fields["operator"],
                fields["sale_id"],
                fields["reason"],
                fields["means"],
                fields["total_cents"],
                fields["vat_cents"],
                fields["line_count"]
            )
            try writeUnits(
                fields,
                of: ReceiptCode(till: till, kind: .refund, number: entry.number).text
            )
        case .closing:
            let known: Set = [
                "sales_cents", "refunds_cents", "gifts_cents", "perpetual_cents",
                "perpetual_absolute_cents", "period", "starts_on", "ends_on",
            ]
            try closings.row(
                till,
                position,
                ClosingSlip.number(entry.number, of: till),
                entry.happenedAt,
                fields["period"] ?? "drawer",
                fields["starts_on"],
                fields["ends_on"],
                fields["sales_cents"],
                fields["refunds_cents"],
                fields["gifts_cents"],
                // A drawer's own total is of its sales, nothing taken off; a period's takes refunds off.
                fields["period"] == nil ? fields["perpetual_cents"] : nil,
                fields["period"] == nil ? nil : fields["perpetual_cents"],
                fields["perpetual_absolute_cents"],
                rest(fields, without: known)
            )
            try writeTotals(fields, of: ClosingSlip.number(entry.number, of: till))
        case .event, .duplicate, .archive, nil:
            try events.row(
                till,
                position,
                String(entry.number),
                entry.happenedAt,
                entry.kind,
                fields["event"],
                rest(fields, without: ["event"])
            )
        }
    }

    func close() throws -> [ArchiveManifest.File] {
        try [tickets, lines, payments, refunds, refundLines, closings, totals, events].map {
            try $0.close()
        }
    }

    /// What a closed period says of each rate of tax and each means of payment.
    private func writeTotals(_ fields: SealedFields, of number: String) throws {
        for field in fields.fields {
            let parts = field.name.split(separator: ".").map(String.init)
            if parts.count == 4, parts[0] == "rate", parts[3] == "sales_cents" {
                let at = "rate.\(parts[1]).\(parts[2])."
                try totals.row(
                    number,
                    "taux",
                    parts[1],
                    parts[2],
                    field.value,
                    fields[at + "refunds_cents"],
                    fields[at + "vat_cents"]
                )
            } else if parts.count == 3, parts[0] == "means", parts[2] == "in_cents" {
                try totals.row(
                    number,
                    "moyen",
                    parts[1],
                    nil,
                    field.value,
                    fields["means.\(parts[1]).out_cents"],
                    nil
                )
            }
        }
    }

    private func writeUnits(_ fields: SealedFields, of number: String) throws {
        for line in fields.numbered("line") {
            for (name, amount) in line.fields.sorted(by: { $0.key < $1.key })
            where name.hasSuffix(".amount_cents") {
                let unit = String(name.prefix { $0 != "." })
                try refundLines.row(
                    number,
                    fields["sale_id"],
                    String(line.number),
                    unit,
                    amount,
                    line.fields[unit + ".vat_cents"]
                )
            }
        }
    }

    /// What has no column of its own, as `name=value`.
    private func rest(_ fields: SealedFields, without known: Set<String>) -> String {
        let header: Set = ["chain_id", "position", "number", "happened_at"]
        return fields.fields.filter { !known.contains($0.name) && !header.contains($0.name) }
            .map { "\($0.name)=\($0.value)" }.joined(separator: " | ")
    }
}

extension ArchiveWriter {
    /// One line of a sheet. What a spreadsheet would run as a formula is text.
    fileprivate func row(_ values: String?...) throws {
        try write(
            values.map { value in
                var text = value ?? ""
                // A number is no formula.
                if let first = text.first, "=+-@\t\r".contains(first), Int64(text) == nil {
                    text = "'" + text
                }
                guard text.contains(where: { ";\"\n\r".contains($0) }) else { return text }
                return "\"" + text.replacing("\"", with: "\"\"") + "\""
            }.joined(separator: ";") + "\r\n"
        )
    }
}

/// The page that explains an archive to whoever opens it years later.
func archiveReadMe(_ manifest: ArchiveManifest) -> String {
    """
    JOURNAL DE CAISSE – \(manifest.kind == .archive ? "ARCHIVE" : "EXPORT")
    \(manifest.association), SIRET \(manifest.siret)
    Du \(manifest.from.printed) au \(manifest.to.printed)
    Fait le \(manifest.madeAt.day.printed) à \(manifest.madeAt.clock) par \(manifest.madeBy), \(manifest.software)

    Ce dossier contient toutes les écritures du journal de caisse de ces journées. Il se lit avec un tableur ou un éditeur de texte, et
    se vérifie sans serveur ni réseau : avec le programme comptoir, ou à la main comme expliqué plus bas.

    Les fichiers
      journal.jsonl           une écriture par ligne, telle qu’elle a été scellée : c’est la preuve
      tickets.csv             ventes (sale) et attributions gratuites (gift) ; lignes.csv et paiements.csv les détaillent
      remboursements.csv      chacun nomme la vente d’origine par son identifiant ; lignes_remboursees.csv les détaille
      clotures.csv            caisses (drawer), journées (day), mois (month) et années (year), avec les totaux perpétuels ;
                              totaux_clotures.csv les détaille par taux de TVA et par moyen de paiement
      evenements.csv          connexions, réglages, impressions, duplicata, mouvements d’espèces, exports
      keys.json               clés publiques qui ont signé les écritures
      manifest.json           liste des fichiers avec leur empreinte SHA-256 ; manifest.sig la signe

    Ce que disent les colonnes
      Montants en centimes d’euro ; taux en points de base : 2000 est 20 %. Heures en temps universel, journées à l’heure de Paris.
      valeur : ce que vaut le ticket, quel qu’en soit le payeur ; total et part_personne : ce que la personne a payé ;
      part_programme : ce qu’un programme a payé. Une attribution gratuite n’entre dans aucun total de ventes.
      cash espèces, card carte, cheque chèque ; exempt_261_7 exonéré (CGI 261-7), franchise_293_b franchise, margin marge, normal TVA.
      ventes_perpetuel_caisse : toutes les ventes depuis la première, rien n’étant retiré ; perpetuel : ventes moins
      remboursements ; perpetuel_absolu : ventes plus remboursements. Caisse « - » : ce qui ne s’est passé à aucune caisse.
      Les tickets portent une référence, jamais le nom de la personne.

    Comment vérifier
      comptoir archive verify CE-DOSSIER
      comptoir archive verify CE-DOSSIER --key FICHIER   avec une clé publique gardée ailleurs : elle seule prouve l’origine

    Ce que la vérification refait
      1. la signature P-256 de manifest.json (SHA-256), puis la taille et l’empreinte de chaque fichier ;
      2. pour chaque caisse, des positions sans trou ; l’empreinte de chaque écriture est
         SHA-256(empreinte précédente suivie des octets du champ « payload ») ;
      3. la signature P-256 de chaque empreinte ;
      4. les totaux des journées closes, additionnés depuis leurs tickets.

    Le champ « payload » commence par « comptoir », la version du format et le genre d’écriture, puis un « nom=valeur » par ligne ;
    une barre oblique inverse y protège une fin de ligne (\\n), un retour (\\r) ou elle-même.

    """
}
