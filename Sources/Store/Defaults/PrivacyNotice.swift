import Postgres
import Shop

extension Store {
    /// A first text in plain words, which an association replaces by its own. What it says is what the software does.
    func defaultPrivacyNotice(at now: Instant) -> SQL {
        """
        insert into privacy_notices (starts_on, french, english, recorded_at)
        values (\(firstDay), \(privacyFrench), \(privacyEnglish), \(now))
        """
    }
}

private let privacyFrench = """
    Pour vous vendre ou vous remettre du matériel et des recharges, nous notons votre nom, votre téléphone si vous le \
    voulez bien, l’année de votre naissance, votre quartier, qui vous adresse, et ce que vous avez reçu.

    Cela sert à vérifier vos droits, à tenir la garantie, et à compter, sans aucun nom, ce que l’association a fait. Nous \
    ne demandons ni vos revenus, ni votre santé, ni votre nationalité, ni votre numéro de sécurité sociale.

    Vous pouvez lire, corriger ou faire effacer ces informations, ici, à tout moment. Vous pouvez aussi refuser que votre \
    nom soit gardé\u{A0}: vous êtes alors servi de la même façon, sous un code.
    """

private let privacyEnglish = """
    To sell or give you equipment and recharges we write down your name, your phone if you like, the year of your birth, \
    your quarter, who sent you, and what you received.

    It is used to check your rights, to keep the guarantee, and to count, without any name, what the association did. We \
    ask for neither income, health, nationality nor social-security number.

    You may read, correct or have this erased, here, at any time. You may also refuse that your name be kept: you are then \
    served in the same way, under a code.
    """
