import type { Words } from '.';

const quiet = "Cela ne s'est pas reproduit depuis un moment.";
const opensAgain = 'Le frigo a de nouveau ouvert sa porte à un client.';

export const french: Words = {
  causes: {
    request_error: {
      title: "Un frigo n'a pas pu être ouvert",
      meaning:
        "Vendron n'a pas exécuté une demande d'ouverture. La porte est restée fermée ; merci de vérifier que le frigo va bien.",
      over: opensAgain,
    },
    invalid_token: {
      title: "Vendron n'accepte pas notre jeton",
      meaning:
        "Aucun frigo ne peut être ouvert tant que VENDRON_API_TOKEN n'est pas correct. Merci de le vérifier avec Vendron.",
      over: opensAgain,
    },
    unknown_machine: {
      title: 'Vendron ne connaît pas un frigo',
      meaning: "L'identifiant de la machine dans le panneau est inconnu de Vendron. Merci de comparer les deux.",
      over: opensAgain,
    },
    subscription_expired: {
      title: 'Un abonnement Vendron a expiré',
      meaning: "Le frigo reste fermé tant que son abonnement chez Vendron n'est pas renouvelé.",
      over: opensAgain,
    },
    purchase_expired: {
      title: 'Un achat a expiré',
      meaning: "Le frigo n'a pas répondu à temps. La porte n'a pas été ouverte et rien n'est débité.",
      over: quiet,
    },
    purchase_review: {
      title: 'Un achat attend votre décision',
      meaning:
        "Son issue n'est pas certaine : rien n'a été débité automatiquement. Merci de consulter son historique et de décider.",
      over: 'Tous les achats de cet incident ont été décidés. Merci.',
    },
    door_open: {
      title: 'Une porte est ouverte depuis longtemps',
      meaning: "Le frigo perd son froid. Merci de demander à quelqu'un sur place d'aller voir.",
      over: quiet,
    },
    catalogue_mismatch: {
      title: "Un produit n'est pas comme au catalogue",
      meaning:
        'Le frigo a nommé un produit inconnu, ou dont le prix diffère du nôtre. Merci de comparer les catalogues.',
      over: quiet,
    },
    total_mismatch: {
      title: 'Un total ne correspond pas',
      meaning:
        'Le total du frigo diffère des produits à nos prix. Le nôtre fait foi ; le sien est conservé avec l’achat.',
      over: quiet,
    },
    basket_mismatch: {
      title: 'Un panier a changé à la fin',
      meaning: "La liste finale contredit le dernier panier connu. Merci de consulter l'historique de l'achat.",
      over: quiet,
    },
    late_completion: {
      title: "Une fin d'achat est arrivée trop tard",
      meaning: "Le frigo a annoncé la fin d'un achat déjà terminé. C'est enregistré et n'a rien changé.",
      over: quiet,
    },
    gateway_down: {
      title: 'Vendron est injoignable',
      meaning: 'Aucun frigo ne peut être ouvert pour le moment. Larder continue d’essayer de se connecter.',
      over: 'La connexion à Vendron est rétablie.',
    },
    webhook_failed: {
      title: "Un webhook n'a pas pu être remis",
      meaning:
        'Le destinataire ne l’a pas accepté pendant un jour. Il est conservé : `npm run webhooks:replay` le renvoie.',
      over: quiet,
    },
    stripe_down: {
      title: 'Stripe est injoignable',
      meaning: 'Aucune porte ne s’ouvre aux nouveaux clients. Les achats faits seront débités dès que Stripe répondra.',
      over: 'Stripe répond de nouveau.',
    },
    payment_review: {
      title: 'Un paiement attend votre décision',
      meaning:
        'Ce que dit Stripe ne correspond pas à l’achat. Ouvrez le paiement : débiter encore, garder en dette ou abandonner.',
      over: 'Tous les paiements de ce frigo sont décidés. Merci.',
    },
    hold_expiring: {
      title: 'Une réservation va expirer',
      meaning:
        'La banque ne garde l’argent que peu de temps et l’achat n’est pas encore décidé. Merci de décider maintenant.',
      over: quiet,
    },
    debt_recorded: {
      title: 'Un client doit de l’argent',
      meaning:
        'La carte n’a pas couvert l’achat. Aucune porte ne s’ouvre à ce client avant que la dette soit réglée ou remise.',
      over: quiet,
    },
    subscription_unpaid: {
      title: 'Un abonnement n’est pas payé',
      meaning:
        'La carte n’a pas pu être débitée pour une nouvelle période. Rien n’est retiré sur l’abonnement avant le paiement ; un nouvel essai a lieu chaque jour pendant trois jours.',
      over: quiet,
    },
    dispute_opened: {
      title: 'Un client conteste un débit',
      meaning: 'La banque a repris l’argent pour le moment. Merci de répondre chez Stripe avant l’échéance.',
      over: quiet,
    },
    refund_failed: {
      title: 'Un remboursement n’a pas abouti',
      meaning: 'L’argent est encore chez nous. Merci de réessayer ou de le rendre autrement.',
      over: quiet,
    },
    stripe_event_failed: {
      title: 'Un message de Stripe n’a pas pu être traité',
      meaning: 'Il est conservé. `npm run stripe:replay` le reprend quand la cause a disparu.',
      over: quiet,
    },
    temperature_out_of_range: {
      title: "Un frigo n'était pas assez froid",
      meaning:
        'Il ne vend plus rien : merci de contrôler le frigo et ses repas, puis de le débloquer en indiquant pourquoi.',
      over: 'Quelqu’un a contrôlé le frigo et l’a débloqué. Merci.',
    },
    readings_missing: {
      title: 'Un frigo n’envoie plus de relevés',
      meaning:
        'On ne sait pas s’il est froid, il ne vend donc rien. Il rouvre seul si ses relevés prouvent qu’il l’est resté.',
      over: 'Le frigo vend de nouveau : ses relevés sont revenus, ou quelqu’un l’a débloqué.',
    },
    ledger_mismatch: {
      title: 'Les comptes ne concordent pas',
      meaning:
        'Le grand livre, les achats et Stripe diffèrent. Le message nomme l’achat ; merci de comparer les trois.',
      over: quiet,
    },
    lot_recalled: {
      title: 'Un lot est rappelé',
      meaning:
        'Ses repas ne sont plus vendus. Merci de les retirer des machines citées et de prévenir les personnes qui en ont acheté.',
      over: quiet,
    },
    stock_mismatch: {
      title: 'Le stock et les comptes ne concordent pas',
      meaning:
        'Ce qui a été pris ou compté n’est pas ce que disent les comptes. Merci de compter ce qui est dans la machine.',
      over: quiet,
    },
    meal_gone: {
      title: 'Un repas est parti sans achat',
      meaning:
        'Il a été pris alors que personne n’avait ouvert la porte. Rien n’est débité. Merci de vérifier la porte et de compter.',
      over: quiet,
    },
    theft: {
      title: 'Un repas réservé est parti avec quelqu’un d’autre',
      meaning: 'Le message dit qui l’a pris, à qui il était, et si un autre a été gardé pour cette personne.',
      over: quiet,
    },
  },
  machine: 'Machine',
  noMachine: 'toutes les machines',
  customer: 'Client',
  cause: 'Cause',
  count: 'Nombre',
  transaction: 'Transaction',
  incident: 'Incident',
  otherSide: "L'autre côté a répondu",
  times: (all, since, isFollowUp) => (isFollowUp ? `${all} (${since} depuis le dernier message)` : `${all}`),
  resolved: (title) => `Résolu : ${title}`,
};
