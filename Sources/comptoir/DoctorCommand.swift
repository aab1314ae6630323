import ArgumentParser
import Foundation
import Shop
import Store
import Till

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Say what is wrong with this installation, and how to mend it.",
        discussion: "Exit status 1 when something must be mended."
    )

    @OptionGroup var printing: Printing

    func run() async throws {
        try await printing.answer { settings in
            var findings = Findings(language: settings.language)
            findings.checkPackages()
            findings.checkPictures()
            findings.checkFolders(settings.place)
            do {
                let installation = try await Installation.open(settings.place, logger: .quiet)
                let facts: Result<DatabaseFacts, any Error>
                do { facts = .success(try await installation.store.examine()) } catch {
                    facts = .failure(error)
                }
                try await installation.close()
                try findings.check(facts.get())
            } catch let refusal as Refusal {
                let told = refusal.told(in: settings.language)
                findings.add("database", isFine: false, "\(told.what) \(told.why)", told.now)
            } catch {
                findings.add(
                    "database",
                    isFine: false,
                    "\(error)",
                    settings.language.choose(
                        "Vérifiez COMPTOIR_DATABASE_URL, ou que PostgreSQL 15 est installé.",
                        "Check COMPTOIR_DATABASE_URL, or that PostgreSQL 15 is installed."
                    )
                )
            }
            return Diagnosis(findings: findings.list)
        }
    }
}

/// One thing that was looked at.
private struct Finding: Encodable, Sendable {
    let check: String
    let ok: Bool
    let what: String
    /// How to mend it; absent when it is well.
    let now: String?
}

private struct Diagnosis: Output {
    let findings: [Finding]

    var isFine: Bool { findings.allSatisfy(\.ok) }

    enum CodingKeys: CodingKey {
        case ok, findings
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(isFine, forKey: .ok)
        try container.encode(findings, forKey: .findings)
    }

    func words(in language: Language) -> String {
        findings.map { finding in
            (finding.ok ? "✓ " : "✗ ") + finding.what + (finding.now.map { "\n  → \($0)" } ?? "")
        }.joined(separator: "\n")
    }
}

private struct Findings {
    let language: Language
    private(set) var list: [Finding] = []

    init(language: Language) {
        self.language = language
    }

    mutating func add(_ check: String, isFine: Bool, _ what: String, _ now: String) {
        list.append(Finding(check: check, ok: isFine, what: what, now: isFine ? nil : now))
    }

    /// Files of others that the pages need.
    mutating func checkPackages() {
        for part in Assets.packages {
            let isThere = FileManager.default.fileExists(atPath: part.folder)
            add(
                "package_\(part.package.filter { $0.isLetter })",
                isFine: isThere,
                isThere
                    ? language.choose(
                        "\(part.package) est installé.",
                        "\(part.package) is installed."
                    )
                    : language.choose("\(part.package) manque.", "\(part.package) is missing."),
                "apt-get install \(part.package)"
            )
        }
    }

    /// What draws pictures anew.
    mutating func checkPictures() {
        let missing = PictureTool.missing
        add(
            "pictures",
            isFine: missing.isEmpty,
            missing.isEmpty
                ? language.choose(
                    "Les photos des appareils peuvent être prises.",
                    "Pictures of devices can be taken."
                )
                : language.choose(
                    "Aucune photo d’appareil ne peut être prise\u{A0}: \(missing.joined(separator: ", ")) manque.",
                    "No picture of a device can be taken: \(missing.joined(separator: ", ")) is missing."
                ),
            "apt-get install \(PictureTool.package)"
        )
    }

    mutating func checkFolders(_ place: Place) {
        let isPrivate = isClosed(place.keys)
        add(
            "keys",
            isFine: isPrivate,
            isPrivate
                ? language.choose("Les clés sont à l’abri.", "The keys are kept private.")
                : language.choose(
                    "D’autres peuvent lire les clés (\(place.keys)).",
                    "Others may read the keys (\(place.keys))."
                ),
            "chmod -R go= '\(place.keys)'"
        )
        var disk = statvfs()
        guard statvfs(place.data, &disk) == 0 else { return }
        let free = (Int(disk.f_bavail) * Int(disk.f_frsize)) >> 20
        add(
            "disk",
            isFine: free >= 1024,
            language.choose("\(free) Mio libres pour les données.", "\(free) MiB free for data."),
            language.choose(
                "Libérez de la place\u{A0}: il en faut au moins 1024.",
                "Free some space: at least 1024 is wanted."
            )
        )
    }

    /// Nobody but the owner may enter the folder or read a file in it. A folder that is not there yet is
    /// made closed.
    private func isClosed(_ folder: String) -> Bool {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return ([folder] + files.map { "\(folder)/\($0)" }).allSatisfy { path in
            var status = stat()
            return stat(path, &status) != 0 || status.st_mode & 0o077 == 0
        }
    }

    mutating func check(_ facts: DatabaseFacts) {
        let version = facts.version / 10_000
        add(
            "server",
            isFine: version >= 15,
            "PostgreSQL \(version)",
            language.choose(
                "Il faut PostgreSQL 15 ou plus récent.",
                "PostgreSQL 15 or later is wanted."
            )
        )
        add(
            "rights",
            isFine: !facts.hasTooManyRights,
            facts.hasTooManyRights
                ? language.choose(
                    "Le service a trop de droits sur la base.",
                    "The service has too many rights on the database."
                )
                : language.choose(
                    "Le service n’a que les droits qu’il lui faut.",
                    "The service has the rights that it needs and no more."
                ),
            language.choose(
                "Connectez-le sous le rôle …_app (COMPTOIR_DATABASE_URL).",
                "Sign it in as the …_app role (COMPTOIR_DATABASE_URL)."
            )
        )
        add(
            "durability",
            isFine: facts.isDurable,
            facts.isDurable
                ? language.choose(
                    "Une vente enregistrée survit à une coupure de courant.",
                    "A recorded sale survives a power cut."
                )
                : language.choose(
                    "Une coupure de courant peut perdre des ventes.",
                    "A power cut may lose sales."
                ),
            "fsync = on, synchronous_commit = on, full_page_writes = on"
        )
        add(
            "setup",
            isFine: facts.isSetUp,
            facts.isSetUp
                ? language.choose("L’association est installée.", "The association is set up.")
                : language.choose("Aucune association.", "No association."),
            "comptoir setup"
        )
        let shut = facts.shutStructureKeys
        add(
            "structure_keys",
            isFine: shut == 0,
            shut == 0
                ? language.choose(
                    "Les clés des structures s’ouvrent.",
                    "The structures’ keys open."
                )
                : language.choose(
                    "\(shut) clés de structures ne s’ouvrent pas avec wrapping.key\u{A0}: leurs bons ne peuvent pas être signés.",
                    "\(shut) structures’ keys do not open with wrapping.key: their vouchers cannot be signed."
                ),
            language.choose(
                "Remettez le fichier wrapping.key de votre copie dans COMPTOIR_KEYS. S’il est perdu\u{A0}: "
                    + "comptoir structure key STRUCTURE replaced, pour chaque structure.",
                "Put the wrapping.key of your copy back into COMPTOIR_KEYS. If it is lost: "
                    + "comptoir structure key STRUCTURE replaced, for each structure."
            )
        )
        checkClock(facts)
    }

    private mutating func checkClock(_ facts: DatabaseFacts) {
        let here = Int64(Date().timeIntervalSince1970 * 1_000_000)
        let apart = abs(here - facts.now.microseconds) / 1_000_000
        let isAhead =
            facts.lastEntryAt.map {
                $0 > facts.now.adding(seconds: facts.clockToleranceSeconds)
            } ?? false
        add(
            "clock",
            isFine: apart < 60 && !isAhead,
            isAhead
                ? language.choose(
                    "L’horloge retarde sur la dernière écriture du journal.",
                    "The clock is behind the journal’s last entry."
                )
                : language.choose(
                    "Les horloges du service et de la base diffèrent de \(apart) s.",
                    "The clocks of service and database differ by \(apart) s."
                ),
            language.choose(
                "Mettez l’horloge à l’heure (timedatectl set-ntp true).",
                "Set the clock (timedatectl set-ntp true)."
            )
        )
    }
}
